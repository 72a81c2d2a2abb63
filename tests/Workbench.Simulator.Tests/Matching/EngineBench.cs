using Workbench.Simulator.Matching;
using Workbench.Simulator.Tests.Matching.Reference;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Matching;

/// <summary>An engine with one book, AB, and three accounts of 100 A and 100 000 B each.</summary>
internal sealed class EngineBench
{
    public EngineBench()
    {
        Engine = new MatchingEngine(Log) { NowMicros = 1_000_000 };
        Book = Engine.List(new Instrument { Symbol = "AB", BaseAsset = "A", QuoteAsset = "B", TickSize = 1, StepSize = 0.1m, ReferencePrice = 100 });
        (One, Two, Three) = (Open("one"), Open("two"), Open("three"));
    }

    public EngineLog Log { get; } = new();
    public MatchingEngine Engine { get; }
    public OrderBook Book { get; }
    public Account One { get; }
    public Account Two { get; }
    public Account Three { get; }

    public static NewOrder Limit(Side side, decimal quantity, decimal price) =>
        new() { Symbol = "AB", Side = side, Type = OrderType.Limit, Quantity = quantity, Price = price };

    public static NewOrder Market(Side side, decimal quantity) =>
        new() { Symbol = "AB", Side = side, Type = OrderType.Market, Quantity = quantity };

    public static TriggerTerms RisesTo(decimal price) => new() { Direction = TriggerDirection.RisesTo, Price = price };

    public static TriggerTerms FallsTo(decimal price) => new() { Direction = TriggerDirection.FallsTo, Price = price };

    public Order Place(Account account, NewOrder request)
    {
        var result = Engine.Place(account, request);
        result.Rejection.ShouldBe(Rejection.None);
        return result.Order!;
    }

    public Rejection Refused(Account account, NewOrder request) => Engine.Place(account, request).Rejection;

    public OrderList PlaceList(Account account, Contingency contingency, params NewOrder[] orders)
    {
        var result = Engine.PlaceList(account, new NewOrderList { Contingency = contingency, Orders = orders });
        result.Rejection.ShouldBe(Rejection.None);
        return result.List!;
    }

    /// <summary>A trade of 0.1 at a price between two accounts, so that the last price is there.</summary>
    public void TradeAt(decimal price)
    {
        Place(Two, Limit(Side.Sell, 0.1m, price));
        Place(Three, Limit(Side.Buy, 0.1m, price)).Status.ShouldBe(OrderStatus.Filled);
    }

    /// <summary>Lines of the log since it was last asked.</summary>
    public IReadOnlyList<string> News()
    {
        List<string> lines = [.. Log.Lines];
        Log.Lines.Clear();
        return lines;
    }

    private Account Open(string id)
    {
        var account = new Account(id);
        Engine.Add(account);
        Engine.Deposit(account, "A", 100);
        Engine.Deposit(account, "B", 100_000);
        return account;
    }
}
