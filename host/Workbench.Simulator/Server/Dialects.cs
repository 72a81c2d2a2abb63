using Workbench.Simulator.Binance;
using Workbench.Simulator.Bybit;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Server;

/// <summary>A dialect as it is registered: how to build it and what its venues list differently.</summary>
internal sealed record DialectDefinition(Func<DialectContext, IDialect> Create, Func<Instrument, Instrument>? Adjust = null);

/// <summary>The one place where dialects are registered.</summary>
internal static class Dialects
{
    public static IReadOnlyDictionary<string, DialectDefinition> All { get; } = new Dictionary<string, DialectDefinition>
    {
        ["binance"] = new(context => new BinanceDialect(context)),
        ["bybit"] = new(context => new BybitDialect(context), BybitListing.Adjust),
    };
}
