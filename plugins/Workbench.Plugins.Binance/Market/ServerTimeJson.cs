using System.Text.Json.Serialization;

namespace Workbench.Plugins.Binance.Market;

/// <summary>The answer to <c>GET /api/v3/time</c>.</summary>
internal sealed record ServerTimeJson([property: JsonRequired] long ServerTime);
