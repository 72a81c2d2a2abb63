using System.Text.Json;
using Workbench.Plugins.Binance.Instruments;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Recorded;

/// <summary>A catalogue that knows every market that a recording mentions; which base and quote they have does not matter here.</summary>
internal static class Instruments
{
    public static Catalogue Knowing(IEnumerable<string> venueSymbols) => new()
    {
        Current = new InstrumentMap(venueSymbols.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => new Instrument
        {
            Symbol = SymbolOf(name),
            VenueSymbol = name,
            TickSize = 0,
            StepSize = 0,
        })),
    };

    public static Symbol SymbolOf(string venueSymbol) => Symbol.Parse($"{venueSymbol.ToUpperInvariant()}/TEST");

    /// <summary>Every text under a name that means a market.</summary>
    public static IEnumerable<string> MentionedIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name is "s" or "symbol" && p.Value.ValueKind == JsonValueKind.String ? [p.Value.GetString()!] : MentionedIn(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(MentionedIn),
        _ => [],
    };
}
