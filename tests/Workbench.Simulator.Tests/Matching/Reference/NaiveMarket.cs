using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Matching.Reference;

/// <summary>
/// The same rules as the engine's, written a second time as plainly as possible: one list of orders, sorted and searched for
/// every question. Says what happens in the words that <see cref="EngineLog"/> uses, so that the two can be compared line by line.
/// </summary>
internal sealed partial class NaiveMarket
{
    private const decimal Step = 0.1m;
    private readonly List<NaiveOrder> _orders = [];
    private readonly List<NaiveList> _lists = [];
    private readonly List<(decimal Price, decimal Quantity, bool Buys)> _phantoms = [];
    private readonly Queue<(NaiveOrder Order, bool IsFired)> _queue = [];
    private readonly NaiveRules _rules;
    private long _rank;
    private int _tradeId;
    private decimal _last;

    public NaiveMarket(NaiveRules rules)
    {
        _rules = rules;
        Money = new NaiveMoney(_orders, rules.Accounts.Count);
    }

    public NaiveMoney Money { get; }
    public List<string> Log { get; } = [];
    public IReadOnlyList<NaiveOrder> Orders => _orders;

    public NaiveOrder Order(long id) => _orders[(int)id - 1];

    public Rejection Place(int account, NewOrder request)
    {
        var rejection = Check(account, request);
        if (rejection == Rejection.None)
        {
            var order = Create(account, request, request.Trigger is null ? "New" : "Untriggered");
            Say("Accepted", order);
            Enter(order);
            Drain();
        }

        return rejection;
    }

    public Rejection PlaceList(int account, NewOrderList request)
    {
        var isPair = request.Contingency == Contingency.OneCancelsTheOther;
        for (var i = 0; i < request.Orders.Count; i++)
        {
            var rejection = isPair || i == 0 ? Check(account, request.Orders[i]) : Rejection.None;
            if (rejection != Rejection.None)
            {
                return rejection;
            }
        }

        var list = new NaiveList(_lists.Count + 1, request.Contingency);
        _lists.Add(list);
        foreach (var terms in request.Orders)
        {
            var isPending = !isPair && list.Orders.Count > 0;
            var order = Create(account, terms, isPending ? "Pending" : terms.Trigger is null ? "New" : "Untriggered");
            order.List = list;
            list.Orders.Add(order);
        }

        if (request.Contingency != Contingency.OneTriggersTheOther)
        {
            (list.Orders[^1].Contra, list.Orders[^2].Contra) = (list.Orders[^2], list.Orders[^1]);
        }

        list.Orders.ForEach(o => Say("Accepted", o));
        Log.Add($"list {list.Id} Started");
        list.Orders.FindAll(o => o.Status == "Untriggered").ForEach(Enter);
        foreach (var order in list.Orders.FindAll(o => o.Status == "New"))
        {
            Enter(order);
        }

        Drain();
        return Rejection.None;
    }

    public void Cancel(NaiveOrder order)
    {
        if (order.List is { IsDone: false } list)
        {
            list.IsEnding = true;
            list.Orders.FindAll(o => o.IsOpen).ForEach(o => End(o, "Cancelled", "Cancelled", "CancelledByOwner"));
        }
        else
        {
            End(order, "Cancelled", "Cancelled", "CancelledByOwner");
        }

        Drain();
    }

    public bool Amend(NaiveOrder order, decimal quantity, decimal price)
    {
        price = order.IsMarket ? 0 : price;
        var before = (order.Quantity, order.Price);
        if (order.IsQuoteSized || quantity <= order.Done + order.Prevented || before == (quantity, price)
            || (order is { Works: true, Request.PostOnly: PostOnly.RefuseIfTaking } && Best(order.Buys) is { } best && Reaches(order.Buys, price, best.Price)))
        {
            return false;
        }

        (order.Quantity, order.Price) = (quantity, price);
        if (NaiveMoney.Need(order) > 0 && Money.Free(order.Account, order.Buys ? "B" : "A") < 0)
        {
            (order.Quantity, order.Price) = before;
            return false;
        }

        var keepsPlace = order.Works && price == before.Price && quantity < before.Quantity;
        if (keepsPlace)
        {
            order.Shown = Math.Min(order.Shown, order.Rest);
        }
        else
        {
            order.Rank = 0;
        }

        Say("Amended", order);
        if (!keepsPlace && order.Works)
        {
            Run(order);
        }

        Drain();
        return true;
    }

    public void Print(decimal price)
    {
        PublicTrade(price, Step, takerBuys: true, _orders.Count + 1);
        SkipOrderId();
        Drain();
    }

    /// <summary>Printed trades name an order that is nobody's.</summary>
    public void SkipOrderId() => Create(0, new NewOrder { Symbol = "AB", Side = Side.Buy, Type = OrderType.Market }, "Filled");

    public void Distort(bool buys, decimal price, decimal quantity)
    {
        _phantoms.RemoveAll(p => p.Price == price && p.Buys == buys);
        if (quantity > 0)
        {
            _phantoms.Add((price, quantity, buys));
        }
    }

    /// <summary>What the public sees: price and quantity, best price first.</summary>
    public IEnumerable<(decimal Price, decimal Quantity)> Book(bool buys)
    {
        var levels = _orders.Where(o => o.Rank > 0 && o.Buys == buys).Select(o => (o.Price, Quantity: o.Shown))
            .Concat(_phantoms.Where(p => p.Buys == buys).Select(p => (p.Price, p.Quantity)))
            .GroupBy(x => x.Price).Select(g => (Price: g.Key, Quantity: g.Sum(x => x.Quantity)));
        return buys ? levels.OrderByDescending(l => l.Price) : levels.OrderBy(l => l.Price);
    }

    private NaiveOrder Create(int account, NewOrder request, string status)
    {
        var order = new NaiveOrder(_orders.Count + 1, account, request) { Status = status };
        if (request.Trigger is { } trigger)
        {
            order.LockPrice = LockPrice(trigger);
        }

        _orders.Add(order);
        return order;
    }

    private decimal LockPrice(TriggerTerms trigger) => trigger.Price > 0 ? trigger.Price : _last > 0 ? _last : NaiveRules.ReferencePrice;

    private void Say(string what, NaiveOrder order, string more = "") => Log.Add(
        $"{what} #{order.Id} {order.Status} {order.Reason} {order.Quantity:0.##########} done {order.Done:0.##########} prevented {order.Prevented:0.##########}{more}");

    // The resting order that an order of the given side would meet next.
    private NaiveOrder? Best(bool buys, NaiveOrder? without = null)
    {
        var others = _orders.Where(o => o.Rank > 0 && o.Buys != buys && !ReferenceEquals(o, without));
        return (buys ? others.OrderBy(o => o.Price) : others.OrderByDescending(o => o.Price)).ThenBy(o => o.Rank).FirstOrDefault();
    }

    private static bool Reaches(bool buys, decimal limit, decimal price) => buys ? price <= limit : price >= limit;
}
