using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Faults of markets: what is listed, by which rules, and what its book shows.</summary>
internal static class MarketTable
{
    private static readonly FaultOption<decimal?> Tick = FaultOption.Number("tick", 0.00000001m, 1_000_000m, null, "The new tick size.");
    private static readonly FaultOption<decimal?> Step = FaultOption.Number("step", 0.00000001m, 1_000_000m, null, "The new quantity step.");
    private static readonly FaultOption<decimal?> Notional = FaultOption.Number("min-notional", 0m, 1_000_000_000m, null, "The new least value of an order.");
    private static readonly FaultOption<decimal?> Lot = FaultOption.Number("min-quantity", 0.00000001m, 1_000_000_000m, null, "The new least quantity.");
    private static readonly FaultOption<decimal?> Percent = FaultOption.Number("percent", -99m, 1000m, 50m, "How far from the last price; negative: below.");
    private static readonly FaultOption<decimal?> Quantity = FaultOption.Number("quantity", 0.00000001m, 1_000_000m, 1m, "The quantity shown.");
    private static readonly FaultOption<bool> Triggers = FaultOption.Flag("fires-triggers", false, "Whether conditional orders believe it.");
    private static readonly FaultOption<string> Away = FaultOption.OneOf("side", "bids", "Which side is taken away.", "bids", "asks");

    public static IEnumerable<FaultDefinition> All =>
    [
        Listing("symbol-halted", "E31", "Trading in the symbol is halted: no orders; cancels work.", [], static (_, i) => i with { Status = InstrumentStatus.Halted }),
        Listing("symbol-cancel-only", "E35", "The symbol takes cancels only.", [], static (_, i) => i with { Status = InstrumentStatus.CancelOnly }),
        Listing("symbol-delisted", "E31", "The symbol is gone and its orders are cancelled; clearing lists it again.", [], static (_, i) => i with { Status = InstrumentStatus.Delisted }),
        Listing("filters-changed", "E30, E29", "Tick, lot or least value of the symbol change while it trades.", [Tick, Step, Notional, Lot], Filters),
        Book("crossed-book", "E26", "The best bid lies above the best ask.", static (fault, engine, book, top) =>
            engine.Distort(book, Side.Buy, top.Ask + (2 * book.Instrument.TickSize), fault.Get(Quantity)!.Value)),
        Book("locked-book", "E26", "The best bid equals the best ask.", static (fault, engine, book, top) =>
            engine.Distort(book, Side.Buy, top.Ask, fault.Get(Quantity)!.Value)),
        Desertion("one-sided-book", "One side of the book is empty but for clients' orders.", [Away], static fault => [fault.Get(Away) == "bids" ? Side.Buy : Side.Sell]),
        Desertion("empty-book", "The book is empty but for clients' orders.", [], static _ => [Side.Buy, Side.Sell]),
        new("absurd-trade", "E28", "A trade is reported that nobody made, at an absurd price.")
        {
            Own = [Percent, Quantity, Triggers],
            IsSteady = true,
            IsOneShot = static _ => true,
            Check = NeedsSymbol,
            Start = static (fault, targets, _) =>
            {
                foreach (var (venue, market) in Markets(fault, targets))
                {
                    venue.Execute(engine =>
                    {
                        var price = market.Instrument.FloorToTick(market.LastPrice * (1 + (fault.Get(Percent)!.Value / 100)));
                        engine.Print(market.Book, price, fault.Get(Quantity)!.Value, Side.Buy, fault.Get(Triggers));
                    });
                }

                return FaultDefinition.NothingToUndo;
            },
        },
    ];

    private static Instrument Filters(ActiveFault fault, Instrument instrument) => instrument with
    {
        TickSize = fault.Get(Tick) ?? instrument.TickSize,
        StepSize = fault.Get(Step) ?? instrument.StepSize,
        MinNotional = fault.Get(Notional) ?? instrument.MinNotional,
        MinQuantity = fault.Get(Lot) ?? instrument.MinQuantity,
    };

    private static FaultDefinition Listing(string name, string ids, string summary, IReadOnlyList<FaultOption> own, Func<ActiveFault, Instrument, Instrument> change) =>
        new(name, ids, summary)
        {
            Own = own,
            IsSteady = true,
            Check = (fault, targets) => NeedsSymbol(fault, targets) ?? (own.Count > 0 && !own.Any(fault.Values.Has)
                ? $"it needs one of {string.Join(", ", own.Select(o => o.Name))}"
                : null),
            Start = (fault, targets, _) =>
            {
                var symbol = fault.Symbol!;
                foreach (var (venue, _) in Markets(fault, targets))
                {
                    venue.Alter(symbol, fault, i => change(fault, i));
                }

                return FaultDefinition.Undo(() =>
                {
                    foreach (var (venue, _) in Markets(fault, targets))
                    {
                        venue.Alter(symbol, fault, null);
                    }
                });
            },
        };

    // The market moves on below a distortion, so it is put on anew with every step of the venue.
    private static FaultDefinition Book(string name, string ids, string summary, Action<ActiveFault, MatchingEngine, OrderBook, (decimal Bid, decimal Ask)> distort) =>
        new(name, ids, summary)
        {
            Own = [Quantity],
            IsSteady = true,
            Check = NeedsSymbol,
            Start = (fault, targets, _) =>
            {
                var listeners = Markets(fault, targets).Select(m => new BookDistortion(m.Venue, m.Market.Book, (engine, book, top) => distort(fault, engine, book, top))).ToList();
                listeners.ForEach(l => l.Start());
                return FaultDefinition.Undo(() => listeners.ForEach(l => l.Stop()));
            },
        };

    // Everybody but the clients leaves and does not come back: true on every feed, and nothing can be traded there.
    private static FaultDefinition Desertion(string name, string summary, IReadOnlyList<FaultOption> own, Func<ActiveFault, Side[]> sides) => new(name, "E26", summary)
    {
        Own = own,
        IsSteady = true,
        Check = NeedsSymbol,
        Start = (fault, targets, _) =>
        {
            foreach (var (venue, market) in Markets(fault, targets))
            {
                venue.Execute(engine =>
                {
                    market.Book.Deserted.UnionWith(sides(fault));
                    foreach (var order in sides(fault).SelectMany(side => Resting(market.Book[side])).Where(o => o.Account.IsHouse).ToList())
                    {
                        engine.Cancel(order);
                    }
                });
            }

            return FaultDefinition.Undo(() =>
            {
                foreach (var (venue, market) in Markets(fault, targets))
                {
                    venue.Execute(_ => market.Book.Deserted.ExceptWith(sides(fault)));
                }
            });
        },
    };

    private static IEnumerable<Order> Resting(Ladder ladder)
    {
        for (var rank = 0; rank < ladder.Count; rank++)
        {
            for (var order = ladder[rank].First; order is not null; order = order.Next)
            {
                yield return order;
            }
        }
    }

    private static IEnumerable<(SimulatedVenue Venue, Market Market)> Markets(ActiveFault fault, FaultTargets targets) =>
        targets.Venues.Select(v => (Venue: v, Market: v.Listed(fault.Symbol!))).Where(m => m.Market is not null).Select(m => (m.Venue, m.Market!));

    private static string? NeedsSymbol(ActiveFault fault, FaultTargets targets) => fault.Symbol is null ? "it needs a symbol" : null;
}
