using Workbench.Sdk;

namespace Workbench.Benchmarks;

/// <summary>The one market that everything here happens in.</summary>
internal static class Market
{
    public static Symbol Symbol { get; } = Symbol.Parse("BTC/USDT");

    public static Instrument Instrument { get; } = new()
    {
        Symbol = Symbol,
        VenueSymbol = "BTCUSDT",
        TickSize = 0.01m,
        StepSize = 0.00001m,
        MinNotional = 5m,
    };
}
