using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Faults of clients' trades: the venue's own mistakes and their correction.</summary>
internal static class TradeTable
{
    private static readonly FaultOption<decimal?> Extra = FaultOption.Number("percent", 0.01m, 1000m, 10m, "How much of the order's quantity is filled on top.");
    private static readonly FaultOption<TimeSpan> Delay = FaultOption.Duration("delay", "0ms", "1h", "1s", "How long after the trade.");
    private static readonly FaultOption<decimal?> Price = FaultOption.Number("price-percent", -50m, 50m, null, "The trade stays and its price changes by this much; without it the trade is void.");

    public static IEnumerable<FaultDefinition> All =>
    [
        new("overfill", "E19", "An order of a client is filled beyond its quantity: after its last fill comes another one, and all of it is real.")
        {
            Own = [Extra],
            Check = NeedsVenue,
            Start = static (fault, targets, _) => Start(fault, targets, TimeSpan.Zero, static order => order.Status == OrderStatus.Filled, static (f, engine, order, _) =>
            {
                var quantity = order.Book.Instrument.FloorToStep(order.Quantity * f.Get(Extra)!.Value / 100);
                return quantity > 0 && engine.Overfill(order, quantity);
            }),
        },
        new("trade-bust", "E20", "A trade of a client is declared void, or gets another price: balances and lists of trades change, and nobody says a word about the trade.")
        {
            Own = [Delay, Price],
            Check = NeedsVenue,
            Start = static (fault, targets, _) => Start(fault, targets, fault.Get(Delay), static _ => true, static (f, engine, order, trade) =>
                engine.Correct(order, trade, f.Get(Price) is { } percent ? order.Book.Instrument.FloorToTick(trade.Price * (1 + (percent / 100))) : null)),
        },
    ];

    private static string? NeedsVenue(ActiveFault fault, FaultTargets targets) => targets.Venue is null ? "the venue has no trades" : null;

    private static Task<Func<CancellationToken, Task>> Start(
        ActiveFault fault, FaultTargets targets, TimeSpan delay, Func<Order, bool> wants, Func<ActiveFault, MatchingEngine, Order, AccountTrade, bool> act)
    {
        var venue = targets.Venue!;
        var tampering = new TradeTampering(fault, delay, wants, act);
        venue.AddListener(tampering, tampering.Begin);
        return FaultDefinition.Undo(() => venue.RemoveListener(tampering));
    }
}
