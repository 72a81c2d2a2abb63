using System.Globalization;
using Workbench.Simulator.Flow;

namespace Workbench.Simulator.Venues;

/// <summary>The simulator's listing: a few well-known pairs, and as many invented ones as asked for.</summary>
internal static class DefaultInstruments
{
    public static readonly IReadOnlyList<string> Names = ["BTC/USDT", "ETH/USDT", "SOL/USDT", "XRP/USDT", "ETH/BTC"];

    /// <summary>Listing for canonical names (<c>BTC/USDT</c>), topped up with invented pairs to <paramref name="count"/>.</summary>
    public static List<Instrument> Create(IEnumerable<string> names, int count, ulong seed)
    {
        var list = names.Select(name => Create(name, seed)).ToList();
        for (var i = 1; list.Count < count; i++)
        {
            list.Add(Create(string.Create(CultureInfo.InvariantCulture, $"SIM{i:000}/USDT"), seed));
        }

        return list;
    }

    public static Instrument Create(string name, ulong seed)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == name.Length - 1)
        {
            throw new ArgumentException($"'{name}' is not a symbol of the form BASE/QUOTE.", nameof(name));
        }

        var instrument = Known(name) ?? Invented(name[..slash], name[(slash + 1)..], seed);
        var start = Pcg32.StreamOf("ids", name) % 1_000_000;
        return instrument with
        {
            FirstTradeId = 10_000_000 + (long)start,
            FirstUpdateId = 500_000_000 + (long)start,
        };
    }

    private static Instrument? Known(string name) => name switch
    {
        "BTC/USDT" => Pair("BTC", "USDT", 0.01m, 0.00001m, 62_000m),
        "ETH/USDT" => Pair("ETH", "USDT", 0.01m, 0.0001m, 3_100m),
        "SOL/USDT" => Pair("SOL", "USDT", 0.01m, 0.001m, 155m),
        "XRP/USDT" => Pair("XRP", "USDT", 0.0001m, 0.1m, 0.62m),
        "ETH/BTC" => Pair("ETH", "BTC", 0.00001m, 0.001m, 0.05m) with { MinNotional = 0.0001m, MaxNotional = 9_000m },
        _ => null,
    };

    private static Instrument Invented(string baseAsset, string quoteAsset, ulong seed)
    {
        var rng = new Pcg32(seed, Pcg32.StreamOf("invent", baseAsset + quoteAsset));
        var magnitude = rng.Range(-3, 3);
        var scale = Power(magnitude);
        var price = rng.Range(1_000, 9_999) * scale / 1_000m;
        return Pair(baseAsset, quoteAsset, scale / 10_000m, Power(-magnitude - 2), price);
    }

    private static decimal Power(int exponent)
    {
        var value = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++)
        {
            value = exponent > 0 ? value * 10 : value / 10;
        }

        return value;
    }

    private static Instrument Pair(string baseAsset, string quoteAsset, decimal tick, decimal step, decimal price) => new()
    {
        Symbol = baseAsset + quoteAsset,
        BaseAsset = baseAsset,
        QuoteAsset = quoteAsset,
        TickSize = tick,
        StepSize = step,
        MinPrice = tick,
        MinQuantity = step,
        ReferencePrice = price,
        MaxQuantity = 9_000_000m,
    };
}
