using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary>A request as an endpoint sees it: decoded query, parsed body, and who calls (private endpoints only).</summary>
internal sealed record RestCall(IReadOnlyDictionary<string, string> Query, JsonElement Body, ApiCredential? Credential)
{
    public Account Account => Credential!.Account;

    public string Category => Text("category");

    public OrderFilter Filter => new(
        Text("symbol"), Text("baseCoin"), Text("settleCoin"), OrderKinds.Parse(Text("orderFilter")));

    /// <summary>"" when absent.</summary>
    public string Text(string name) => Query.GetValueOrDefault(name, "");

    /// <summary>Null when absent or not a whole number.</summary>
    public long? Number(string name) =>
        long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>A page size within bounds; what lies outside is clamped, as the venue does.</summary>
    public int Limit(int standard, int max) => (int)Math.Clamp(Number("limit") ?? standard, 1, max);
}
