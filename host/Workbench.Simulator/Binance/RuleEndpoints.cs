using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>What a symbol may do and what its price is measured against.</summary>
internal sealed class RuleEndpoints(SimulatedVenue venue)
{
    private const int MostRulesWeight = 40;

    public IEnumerable<Endpoint> All =>
    [
        new("GET", "/api/v3/exchangeInfo", "exchangeInfo", Security.None, Info)
        {
            Reads = ["symbol", "symbols", "permissions", "symbolStatus", "showPermissionSets"],
            Weight = _ => 20,
        },
        new("GET", "/api/v3/executionRules", "executionRules", Security.None, ExecutionRules)
        {
            Reads = ["symbol", "symbols", "symbolStatus"],
            Weight = RulesWeight,
        },
        new("GET", "/api/v3/referencePrice", "referencePrice", Security.None, ReferencePrice) { Reads = ["symbol"], Weight = _ => 2 },
        new("GET", "/api/v3/referencePrice/calculation", "referencePrice.calculation", Security.None, Calculation)
        {
            Reads = ["symbol", "symbolStatus"],
            Weight = _ => 2,
        },
    ];

    private int RulesWeight(Parameters p) => p.Has("symbol")
        ? 2
        : Math.Min(MostRulesWeight, 2 * (p.Text("symbols") is { } list ? list.Count(c => c == ',') + 1 : venue.Markets.Count));

    private ApiError? Info(ApiCall call)
    {
        var p = call.Parameters;
        var named = p.Has("symbol") || p.Has("symbols");
        if (named && (p.Has("permissions") || p.Has("symbolStatus")))
        {
            return ApiError.BadCombination;
        }

        var shows = p.Flag("showPermissionSets", true);
        if ((SymbolSelection.Read(venue, p, out var selection) ?? p.Error) is { } error)
        {
            return error;
        }

        // Everything here is for the spot permission.
        var markets = p.Text("permissions") is { } wanted && !Names(wanted).Contains("SPOT") ? [] : selection.Markets;
        return venue.Execute(_ =>
        {
            ExchangeInfo.Write(call.Json, call.Time(venue.Clock.NowMicros), venue.ExchangeRules, markets, shows);
            return (ApiError?)null;
        });
    }

    private static string[] Names(string text) => text.Trim('[', ']').Replace("\"", "", StringComparison.Ordinal).Split(',');

    private ApiError? ExecutionRules(ApiCall call)
    {
        if (SymbolSelection.Read(venue, call.Parameters, out var selection) is { } error)
        {
            return error;
        }

        var json = call.Json;
        json.WriteStartObject();
        json.WriteStartArray("symbolRules");
        foreach (var market in selection.Markets)
        {
            json.WriteStartObject();
            json.WriteString("symbol", market.Symbol);
            json.WriteStartArray("rules");
            PriceRange(json, market.Instrument.Spot);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return null;
    }

    private static void PriceRange(Utf8JsonWriter json, SpotRules rules)
    {
        if (rules is { BidLimitMultiplierUp: null, AskLimitMultiplierDown: null })
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("ruleType", "PRICE_RANGE");
        if (rules.BidLimitMultiplierUp is { } up)
        {
            json.Plain("bidLimitMultUp", up);
        }

        if (rules.AskLimitMultiplierDown is { } down)
        {
            json.Plain("askLimitMultDown", down);
        }

        json.WriteEndObject();
    }

    private ApiError? ReferencePrice(ApiCall call) => WithReference(call, (json, market, price) =>
    {
        json.WriteString("symbol", market.Symbol);
        json.WriteString("referencePrice", price.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("timestamp", call.Time(venue.Clock.NowMicros));
    });

    private ApiError? Calculation(ApiCall call) => WithReference(call, (json, market, _) =>
    {
        json.WriteString("symbol", market.Symbol);
        json.WriteString("calculationType", "EXTERNAL");
        json.WriteNumber("externalCalculationId", 1);
    });

    private ApiError? WithReference(ApiCall call, Action<Utf8JsonWriter, Market, decimal> write)
    {
        call.Parameters.Required("symbol");
        if ((SymbolSelection.Read(venue, call.Parameters, out var selection) ?? call.Parameters.Error) is { } error)
        {
            return error;
        }

        return venue.Execute(_ =>
        {
            var market = selection.Markets[0];
            if (market.Instrument.Spot.ReferencePrice is not { } price)
            {
                return ApiError.NoReferencePrice;
            }

            call.Json.WriteStartObject();
            write(call.Json, market, price);
            call.Json.WriteEndObject();
            return null;
        });
    }
}
