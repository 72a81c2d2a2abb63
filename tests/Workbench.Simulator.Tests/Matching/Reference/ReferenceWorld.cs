using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Matching.Reference;

/// <summary>An engine and the reference market side by side: every command goes to both, and afterwards all they show must be equal.</summary>
internal sealed class ReferenceWorld
{
    private static readonly string[] Assets = ["A", "B", "N"];
    private readonly EngineLog _log = new();
    private readonly MatchingEngine _engine;
    private readonly OrderBook _book;
    private readonly List<Account> _accounts = [];
    private readonly NaiveRules _rules;
    private readonly NaiveMarket _naive;
    private readonly Dictionary<string, decimal> _all = [];
    private int _checked;

    public ReferenceWorld(bool rebatesInSpentAsset)
    {
        _rules = new NaiveRules(
            [new(7, 0.001m, 0.0015m), new(7, 0.001m, 0.0015m, "N", 0.25m), new(0, 0.0005m, 0.002m, "A", 0.1m), new(0, -0.0005m, 0.0017m)],
            rebatesInSpentAsset);
        _naive = new NaiveMarket(_rules);
        _engine = new MatchingEngine(_log) { NowMicros = 1 };
        _engine.FeeSchedule.RebatesInSpentAsset = rebatesInSpentAsset;
        _book = _engine.List(Listing("AB", "A", "B"));
        var other = _engine.List(Listing("NB", "N", "B"));
        _engine.Print(other, NaiveRules.PriceOfN, 1, Side.Buy);
        _naive.SkipOrderId();
        for (var i = 0; i < _rules.Accounts.Count; i++)
        {
            Open(i, _rules.Accounts[i]);
        }

        foreach (var asset in Assets)
        {
            _all[asset] = Total(asset);
        }
    }

    public IReadOnlyList<Account> Accounts => _accounts;
    public OrderBook Book => _book;

    public void Run(MarketCommand command)
    {
        _engine.NowMicros++;
        var account = _accounts[command.Account];
        var open = account.OpenOrders;
        var order = open.Count == 0 ? null : open[command.Pick % open.Count];
        switch (command.Kind)
        {
            case CommandKind.Place:
                var placed = _engine.Place(account, command.Order);
                placed.Rejection.ShouldBe(_naive.Place(command.Account, command.Order));
                break;
            case CommandKind.PlaceList:
                var listed = _engine.PlaceList(account, command.List());
                listed.Rejection.ShouldBe(_naive.PlaceList(command.Account, command.List()));
                break;
            case CommandKind.Cancel when order is not null:
                _engine.Cancel(order).ShouldBe(Rejection.None);
                _naive.Cancel(_naive.Order(order.Id));
                break;
            case CommandKind.Amend when order is not null:
                var price = order.Type == OrderType.Market ? 0 : command.Order.Price == 0 ? 100 : command.Order.Price;
                var quantity = command.Order.Quantity == 0 ? 1 : command.Order.Quantity;
                _engine.Amend(order, quantity, price).Ok.ShouldBe(_naive.Amend(_naive.Order(order.Id), quantity, price));
                break;
            case CommandKind.Print:
                _engine.Print(_book, 88 + (command.Pick % 25), 0.1m, Side.Buy, firesTriggers: true);
                _naive.Print(88 + (command.Pick % 25));
                break;
            case CommandKind.Distort:
                _engine.Distort(_book, command.Order.Side, 85 + (command.Pick % 30), command.Pick % 3);
                _naive.Distort(command.Order.Side == Side.Buy, 85 + (command.Pick % 30), command.Pick % 3);
                break;
        }
    }

    public void Check()
    {
        for (; _checked < Math.Min(_log.Lines.Count, _naive.Log.Count); _checked++)
        {
            if (_log.Lines[_checked] != _naive.Log[_checked])
            {
                Assert.Fail($"event {_checked}: the engine says\n  {_log.Lines[_checked]}\nand the reference\n  {_naive.Log[_checked]}\nafter\n  {string.Join("\n  ", _log.Lines.Take(_checked).TakeLast(20))}");
            }
        }

        _log.Lines.Count.ShouldBe(_naive.Log.Count, "number of events");
        CheckBook(Side.Buy);
        CheckBook(Side.Sell);
        CheckMoney();
        CheckOrders();
    }

    private static Instrument Listing(string symbol, string asset, string quote) => new()
    {
        Symbol = symbol, BaseAsset = asset, QuoteAsset = quote, TickSize = 1, StepSize = 0.1m, ReferencePrice = NaiveRules.ReferencePrice,
    };

    private void Open(int index, NaiveAccount terms)
    {
        var account = new Account($"a{index}")
        {
            MakerRate = terms.Maker,
            TakerRate = terms.Taker,
            TradeGroup = terms.Group,
            FeeDiscount = terms.DiscountAsset is { } asset ? new FeeDiscount(asset, terms.Off) : null,
        };
        _engine.Add(account);
        _accounts.Add(account);
        Deposit(index, "A", 30);
        Deposit(index, "B", 3000);
        Deposit(index, "N", 0.5m);
    }

    private void Deposit(int index, string asset, decimal amount)
    {
        _engine.Deposit(_accounts[index], asset, amount);
        _naive.Money.Add(index, asset, amount);
    }

    private decimal Total(string asset) => _accounts.Sum(a => a.Balance(asset).Total) + _engine.Fees.Balance(asset).Total;

    private void CheckBook(Side side)
    {
        var ladder = _book[side];
        var shown = Enumerable.Range(0, ladder.Count).Select(i => (ladder[i].Price, ladder[i].Quantity)).ToList();
        shown.ShouldBe(_naive.Book(side == Side.Buy));
        _log.Levels.Where(l => l.Key.Side == side && l.Value != 0).Select(l => (l.Key.Price, l.Value)).ShouldBe(shown, ignoreOrder: true);
        for (var i = 0; i < ladder.Count; i++)
        {
            CheckLevel(ladder[i]);
        }
    }

    private static void CheckLevel(PriceLevel level)
    {
        var (shown, hidden, count) = (0m, 0m, 0);
        for (var order = level.First; order is not null; order = order.Next)
        {
            order.Visible.ShouldBeGreaterThan(0);
            order.Visible.ShouldBeLessThanOrEqualTo(order.DisplayQuantity > 0 ? order.DisplayQuantity : order.Remaining);
            order.Price.ShouldBe(level.Price);
            order.IsWorking.ShouldBeTrue();
            shown += order.Visible;
            hidden += order.Remaining - order.Visible;
            count++;
        }

        (level.Quantity, level.Hidden, level.Count).ShouldBe((shown + level.Phantom, hidden, count));
    }

    private void CheckMoney()
    {
        foreach (var asset in Assets)
        {
            Total(asset).ShouldBe(_all[asset], $"conservation of {asset}");
            _engine.Fees.Balance(asset).Total.ShouldBe(_naive.Money.Total(_naive.Money.FeeAccount, asset));
            for (var i = 0; i < _accounts.Count; i++)
            {
                var balance = _accounts[i].Balance(asset);
                balance.Free.ShouldBeGreaterThanOrEqualTo(0);
                (balance.Free, balance.Locked).ShouldBe((_naive.Money.Free(i, asset), _naive.Money.Locked(i, asset)), $"{asset} of account {i}");
                balance.Locked.ShouldBe(_accounts[i].OpenOrders.Where(o => (o.Side == Side.Buy ? "B" : "A") == asset).Sum(o => o.Locked));
            }
        }
    }

    private void CheckOrders()
    {
        foreach (var order in _accounts.SelectMany(a => a.Orders))
        {
            order.Fills!.Sum(f => f.Quantity).ShouldBe(order.Executed);
            (order.Executed + order.Prevented + order.Remaining).ShouldBe(order.Quantity);
            var naive = _naive.Order(order.Id);
            (order.Status.ToString(), order.Price, order.Trigger?.Price ?? 0).ShouldBe((naive.Status, naive.Price, naive.TriggerPrice));
            if (order.Contra is { } contra && order.Id < contra.Id)
            {
                Math.Min(order.Executed, contra.Executed).ShouldBe(0, "only one of a pair trades");
            }
        }
    }
}
