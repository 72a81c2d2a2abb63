using System.Text.Json.Serialization;
using Workbench.Plugins.Binance.Trading;

namespace Workbench.Plugins.Binance.UserData;

/// <summary>An <c>outboundAccountPosition</c>: absolute balances of the assets that may have changed.</summary>
internal sealed record PositionJson([property: JsonPropertyName("B")] List<PositionRowJson>? Balances);

/// <summary>One asset of an account position.</summary>
internal sealed record PositionRowJson(
    [property: JsonPropertyName("a")] string? Asset,
    [property: JsonPropertyName("f")] decimal? Free,
    [property: JsonPropertyName("l")] decimal? Locked)
{
    public BalanceJson ToBalance() => new(Asset, Free, Locked);
}
