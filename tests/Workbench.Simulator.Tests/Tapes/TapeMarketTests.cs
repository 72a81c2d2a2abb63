using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Tapes;
using Workbench.Simulator.Tests.Flow;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Tapes;

/// <summary>How clients' orders fill against a tape. Every rule errs against the client.</summary>
public sealed class TapeMarketTests
{
    private readonly RecordingListener _events = new();
    private readonly MatchingEngine _engine;
    private readonly OrderBook _book;
    private readonly Account _client = new("client");
    private readonly Account _other = new("other");
    private TapeMarket _tape;

    public TapeMarketTests()
    {
        _engine = new MatchingEngine(_events) { NowMicros = 1_000_000 };
        _book = _engine.List(DefaultInstruments.Create("BTC/USDT", 1));
        foreach (var account in (Account[])[_client, _other])
        {
            _engine.Add(account);
            _engine.Deposit(account, "USDT", 1_000_000m);
            _engine.Deposit(account, "BTC", 1_000m);
        }

        House = new HouseAccounts(_engine);
        _tape = new TapeMarket(_book, House, quotesMayFill: true);
    }

    private HouseAccounts House { get; }

    [Fact]
    public void Resting_order_waits_behind_what_was_shown_when_it_came()
    {
        Show(Side.Buy, 100, 5);
        var order = Rest(Side.Buy, 100, 2);
        Show(Side.Buy, 100, 9);

        Trade(Side.Sell, 100, 4);
        order.Executed.ShouldBe(0, "4 of the 5 ahead are gone");
        Trade(Side.Sell, 100, 2);
        order.Executed.ShouldBe(1, "the last 1 ahead, then ours");
        Trade(Side.Sell, 100, 3);
        order.Executed.ShouldBe(2);
        Shown(Side.Buy, 100).ShouldBe(2, "what came later stood behind");
    }

    [Fact]
    public void Cancels_are_believed_to_be_behind_as_long_as_there_is_anything_behind()
    {
        Show(Side.Buy, 100, 5);
        var order = Rest(Side.Buy, 100, 2);
        Show(Side.Buy, 100, 8);
        Show(Side.Buy, 100, 5);
        Trade(Side.Sell, 100, 5);
        order.Executed.ShouldBe(0, "the 3 that went were those behind");

        Trade(Side.Sell, 100, 1);
        order.Executed.ShouldBe(1);
    }

    [Fact]
    public void What_is_shown_no_more_cannot_be_ahead_any_more()
    {
        Show(Side.Buy, 100, 5);
        var order = Rest(Side.Buy, 100, 2);
        Show(Side.Buy, 100, 1);
        Later();
        Trade(Side.Sell, 100, 2);
        order.Executed.ShouldBe(1);
    }

    [Fact]
    public void Trade_that_explains_a_level_that_shrank_before_does_not_move_the_queue_twice()
    {
        Show(Side.Buy, 100, 5);
        var order = Rest(Side.Buy, 100, 2);
        Show(Side.Buy, 100, 2);
        Trade(Side.Sell, 100, 3);
        order.Executed.ShouldBe(0, "2 are still ahead");
        Trade(Side.Sell, 100, 2);
        order.Executed.ShouldBe(0);
        Trade(Side.Sell, 100, 1);
        order.Executed.ShouldBe(1);
    }

    [Fact]
    public void Level_that_shrinks_after_the_trade_that_explains_it_does_not_move_the_queue_twice()
    {
        Show(Side.Buy, 100, 5);
        var order = Rest(Side.Buy, 100, 2);
        Trade(Side.Sell, 100, 3);
        Show(Side.Buy, 100, 2);
        Trade(Side.Sell, 100, 2);
        order.Executed.ShouldBe(0);
        Trade(Side.Sell, 100, 1);
        order.Executed.ShouldBe(1);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Trade_beyond_the_limit_fills_at_the_limit_and_never_more_than_its_own_quantity(bool buys, bool takerBuys)
    {
        var (side, taker) = (buys ? Side.Buy : Side.Sell, takerBuys ? Side.Buy : Side.Sell);
        var (limit, beyond) = side == Side.Buy ? (100m, 99m) : (100m, 101m);
        Show(side, limit, 5);
        var order = Rest(side, limit, 2);
        Trade(taker, beyond, 0.5m);
        (order.Executed, order.AveragePrice).ShouldBe((0.5m, limit), "whatever stood ahead cannot be there any more");
        Trade(taker, beyond, 10);
        (order.Executed, order.Status).ShouldBe((2m, OrderStatus.Filled));
        Printed().ShouldBe(10.5m, "clients' part and the rest are together what was recorded");
    }

    [Fact]
    public void Recorded_quote_that_crosses_a_limit_trades_with_it_up_to_its_quantity()
    {
        var order = Rest(Side.Buy, 100, 2);
        Show(Side.Sell, 99, 0.5m);
        (order.Executed, order.AveragePrice).ShouldBe((0.5m, 100m));
        Shown(Side.Sell, 99).ShouldBe(0);
        Show(Side.Sell, 99, 0.5m);
        order.Executed.ShouldBe(0.5m, "the same quantity again is no news");
    }

    [Fact]
    public void Made_up_quote_never_trades_with_a_client()
    {
        _tape = new TapeMarket(_book, House, quotesMayFill: false);
        var order = Rest(Side.Buy, 100, 2);
        Show(Side.Sell, 99, 5);
        order.Executed.ShouldBe(0);
        Shown(Side.Sell, 99).ShouldBe(0);
        Trade(Side.Buy, 99, 1);
        order.Executed.ShouldBe(1, "but a recorded trade beyond the limit does");
    }

    [Fact]
    public void Taking_order_takes_recorded_depth_and_what_it_took_stays_gone_until_the_tape_speaks_of_the_level()
    {
        Show(Side.Sell, 101, 1);
        Show(Side.Sell, 102, 3);
        var order = Take(Side.Buy, 2);
        (order.Executed, order.AveragePrice).ShouldBe((2m, 101.5m));
        Show(Side.Sell, 101, 1);
        Show(Side.Sell, 103, 4);
        (Shown(Side.Sell, 101), Shown(Side.Sell, 102)).ShouldBe((0m, 2m), "the tape said nothing new about them");
        Take(Side.Buy, 1).AveragePrice.ShouldBe(102);
        Show(Side.Sell, 101, 0.7m);
        (Shown(Side.Sell, 101), Shown(Side.Sell, 102)).ShouldBe((0.7m, 1m));
    }

    [Fact]
    public void House_never_meets_itself_when_reports_contradict_each_other()
    {
        Show(Side.Sell, 101, 1);
        Show(Side.Buy, 100, 1);
        Show(Side.Buy, 101, 2);
        (_book.Top.BidPrice, _book.Top.AskPrice).ShouldBe((101m, 0m));
        Show(Side.Sell, 101, 1);
        (_book.Top.BidPrice, _book.Top.AskPrice).ShouldBe((100m, 101m));
        _events.Trades.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_tape_and_clients_conserve_money_and_never_fill_more_than_was_recorded(int seed)
    {
        var random = new Random(seed);
        var before = Totals();
        var clients = new List<Order>();
        var recorded = 0m;
        for (var i = 0; i < 3000; i++)
        {
            _engine.NowMicros += random.Next(2_000_000);
            var side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            var price = 100m + random.Next(-5, 6);
            decimal quantity = random.Next(0, 6);
            switch (random.Next(6))
            {
                case 0 or 1:
                    Show(side, price, quantity);
                    break;
                case 2 or 3:
                    recorded += quantity + 1;
                    Trade(side, price, quantity + 1);
                    break;
                case 4:
                    var placed = _engine.Place(random.Next(2) == 0 ? _client : _other, Limit(side, price, quantity + 1));
                    clients.AddRange(placed.Order is { } o ? [o] : []);
                    break;
                case 5 when clients.Count > 0 && clients[random.Next(clients.Count)] is { IsOpen: true } open:
                    _engine.Cancel(open);
                    break;
            }

            (_book.Top.BidPrice < _book.Top.AskPrice || _book.Top.AskPrice == 0).ShouldBeTrue($"seed {seed}, step {i}: {_book.Top}");
        }

        Totals().ShouldBe(before, $"seed {seed}");
        clients.Sum(o => o.Executed).ShouldBeGreaterThan(0);
    }

    private (decimal Base, decimal Quote) Totals()
    {
        Account[] all = [_client, _other, House.Maker, House.Taker, _engine.Fees];
        return (all.Sum(a => a.Balance("BTC").Total), all.Sum(a => a.Balance("USDT").Total));
    }

    private void Show(Side side, decimal price, decimal quantity) => _tape.Show(_engine, side, price, quantity);

    private decimal Shown(Side side, decimal price) => _tape.Shown(side, price);

    private void Trade(Side taker, decimal price, decimal quantity) => _tape.Trade(_engine, new TapeTrade(0, taker, price, quantity));

    private void Later() => _engine.NowMicros += 5_000_000;

    private decimal Printed() => _events.Printed.Sum(t => t.Quantity);

    private Order Rest(Side side, decimal price, decimal quantity) => _engine.Place(_client, Limit(side, price, quantity)).Order!;

    private Order Take(Side side, decimal quantity) =>
        _engine.Place(_client, new NewOrder { Symbol = _book.Symbol, Side = side, Type = OrderType.Market, Quantity = quantity }).Order!;

    private NewOrder Limit(Side side, decimal price, decimal quantity) => new()
    {
        Symbol = _book.Symbol, Side = side, Type = OrderType.Limit, Price = price, Quantity = quantity,
    };
}
