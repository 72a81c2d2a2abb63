using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Hears of clients' trades and does something about them later: inside an event nobody may call the engine.</summary>
internal sealed class TradeTampering(ActiveFault fault, TimeSpan delay, Func<Order, bool> wants, Func<ActiveFault, MatchingEngine, Order, AccountTrade, bool> act) : IVenueListener
{
    private readonly Queue<(Order Order, AccountTrade Trade, long DueMicros)> _waiting = [];
    private MatchingEngine? _engine;

    public void Begin(MatchingEngine engine) => _engine = engine;

    public bool IsWatching(OrderBook book) => false;

    public void OnOrder(in OrderEvent e)
    {
        if (e is { Kind: OrderEventKind.Trade, Trade: { } trade } && fault.Concerns(e.Order.Symbol) && wants(e.Order) && e.Order.Executed <= e.Order.Quantity && fault.TryStrike(e.Order.ClientId))
        {
            _waiting.Enqueue((e.Order, trade, e.TimeMicros + (long)delay.TotalMicroseconds));
        }
    }

    public void OnTick(long nowMicros)
    {
        while (_waiting.TryPeek(out var next) && next.DueMicros <= nowMicros)
        {
            _waiting.Dequeue();
            if (!act(fault, _engine!, next.Order, next.Trade))
            {
                fault.Lab.Note(fault, $"{next.Order.ClientId}: the account has not got what it takes", isStrike: false);
            }
        }
    }

    public void OnTrade(OrderBook book, in PublicTrade trade)
    {
    }

    public void OnLevel(OrderBook book, in LevelChange change)
    {
    }

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
    }

    public void OnTop(OrderBook book, long timeMicros)
    {
    }

    public void OnStepEnd()
    {
    }
}
