using System.Text.Json;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>The <c>symbol</c> / <c>symbols</c> / nothing selector that many public calls share.</summary>
internal readonly record struct SymbolSelection(IReadOnlyList<Market> Markets, bool IsSingle)
{
    public static ApiError? Read(SimulatedVenue venue, Parameters p, out SymbolSelection selection)
    {
        selection = new SymbolSelection(venue.Markets, false);
        if (p.Text("symbol") is { } one)
        {
            if (venue.Market(one) is not { } market)
            {
                return ApiError.InvalidSymbol;
            }

            selection = new SymbolSelection([market], true);
            return null;
        }

        return p.Text("symbols") is { } list ? ReadList(venue, list, out selection) : null;
    }

    private static ApiError? ReadList(SimulatedVenue venue, string text, out SymbolSelection selection)
    {
        selection = default;
        string[]? names;
        try
        {
            names = JsonSerializer.Deserialize<string[]>(text);
        }
        catch (JsonException)
        {
            return ApiError.Illegal("symbols", @"^\[(""[A-Z0-9-_.]{1,20}""(,""[A-Z0-9-_.]{1,20}""){0,}){0,1}\]$");
        }

        if (names is null || names.Distinct().Count() != names.Length)
        {
            return new ApiError(-1151, "Symbol is present multiple times in the list.");
        }

        var markets = names.Select(venue.Market).ToList();
        if (markets.Contains(null))
        {
            return ApiError.InvalidSymbol;
        }

        selection = new SymbolSelection(markets!, false);
        return null;
    }
}
