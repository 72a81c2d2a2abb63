using System.Text.Json;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>
/// The <c>symbol</c> / <c>symbols</c> / nothing selector that many public calls share, with <c>symbolStatus</c>: on a single symbol
/// another status is an error, on a list it filters.
/// </summary>
internal readonly record struct SymbolSelection(IReadOnlyList<Market> Markets, bool IsSingle)
{
    private static readonly string[] Statuses = ["TRADING", "HALT", "BREAK"];

    public static ApiError? Read(SimulatedVenue venue, Parameters p, out SymbolSelection selection)
    {
        selection = new SymbolSelection(venue.Markets, false);
        var status = p.Text("symbolStatus");
        if (status is not null && !Statuses.Contains(status))
        {
            return ApiError.InvalidStatus;
        }

        if (p.Has("symbol") && p.Has("symbols"))
        {
            return ApiError.BadCombination;
        }

        if (p.Text("symbol") is { } one)
        {
            return ReadOne(venue, one, status, out selection);
        }

        if (p.Text("symbols") is { } list && ReadList(venue, list, out selection) is { } error)
        {
            return error;
        }

        if (status is not null)
        {
            selection = selection with { Markets = [.. selection.Markets.Where(m => ExchangeInfo.StatusOf(m.Instrument) == status)] };
        }

        return null;
    }

    private static ApiError? ReadOne(SimulatedVenue venue, string symbol, string? status, out SymbolSelection selection)
    {
        selection = default;
        if (venue.Market(symbol) is not { } market)
        {
            return ApiError.InvalidSymbol;
        }

        selection = new SymbolSelection([market], true);
        return status is null || ExchangeInfo.StatusOf(market.Instrument) == status ? null : ApiError.OtherStatus;
    }

    private static ApiError? ReadList(SimulatedVenue venue, string text, out SymbolSelection selection)
    {
        selection = default;
        string?[]? names;
        try
        {
            names = JsonSerializer.Deserialize<string?[]>(text);
        }
        catch (JsonException)
        {
            names = null;
        }

        if (names is null || names.Contains(null))
        {
            return ApiError.Illegal("symbols", @"^\[(""[A-Z0-9-_.]{1,20}""(,""[A-Z0-9-_.]{1,20}""){0,}){0,1}\]$");
        }

        if (names.Distinct().Count() != names.Length)
        {
            return ApiError.SymbolTwice;
        }

        var markets = names.Select(name => venue.Market(name!)).ToList();
        if (markets.Contains(null))
        {
            return ApiError.InvalidSymbol;
        }

        selection = new SymbolSelection(markets!, false);
        return null;
    }
}
