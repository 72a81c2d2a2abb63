using CsCheck;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Matching;

public sealed class EnginePropertyTests
{
    private readonly record struct Command(int Account, bool Cancels, bool Buys, int Kind, int Price, int Quantity, int Pick);

    private static readonly Gen<Command> Commands = Gen.Select(
        Gen.Int[0, 2], Gen.Int[0, 9], Gen.Bool, Gen.Int[0, 6], Gen.Int[90, 110], Gen.Int[1, 40], Gen.Int[0, 1000],
        (account, cancels, buys, kind, price, quantity, pick) => new Command(account, cancels < 3, buys, kind, price, quantity, pick));

    [Fact]
    public void Money_is_conserved_books_are_never_crossed_and_sums_agree()
    {
        Commands.Array[1, 120].Sample(commands =>
        {
            var world = new World();
            foreach (var command in commands)
            {
                world.Run(command);
                world.Check();
            }
        }, iter: 2000, print: c => string.Join('\n', c.Select(x => x.ToString())));
    }

    private sealed class World : IEngineListener
    {
        private readonly MatchingEngine _engine;
        private readonly OrderBook _book;
        private readonly List<Account> _accounts = [];
        private readonly Dictionary<(Side, decimal), decimal> _levels = [];
        private readonly List<PublicTrade> _trades = [];
        private readonly decimal _base;
        private readonly decimal _quote;
        private long _lastUpdate;

        public World()
        {
            _engine = new MatchingEngine(this);
            _book = _engine.List(new Instrument
            {
                Symbol = "AB", BaseAsset = "A", QuoteAsset = "B", TickSize = 1, StepSize = 0.1m, ReferencePrice = 100,
            });
            for (var i = 0; i < 3; i++)
            {
                var account = new Account($"a{i}") { MakerRate = 0.001m, TakerRate = 0.0015m };
                _engine.Add(account);
                _engine.Deposit(account, "A", 50);
                _engine.Deposit(account, "B", 5000);
                _accounts.Add(account);
            }

            (_base, _quote) = (Total("A"), Total("B"));
        }

        public void Run(Command c)
        {
            _engine.NowMicros++;
            var account = _accounts[c.Account];
            if (c.Cancels && account.OpenOrders.Count > 0)
            {
                _engine.Cancel(account.OpenOrders[c.Pick % account.OpenOrders.Count]);
                return;
            }

            if (c.Kind == 6 && account.OpenOrders.Count > 0)
            {
                _engine.Amend(account.OpenOrders[c.Pick % account.OpenOrders.Count], c.Quantity / 10m, c.Price);
                return;
            }

            var before = BestOf(c.Buys ? Side.Sell : Side.Buy);
            var result = _engine.Place(account, new NewOrder
            {
                Symbol = "AB",
                Side = c.Buys ? Side.Buy : Side.Sell,
                Type = c.Kind >= 4 ? OrderType.Market : OrderType.Limit,
                TimeInForce = c.Kind switch { 1 => TimeInForce.Ioc, 2 => TimeInForce.Fok, _ => TimeInForce.Gtc },
                PostOnly = c.Kind == 3 ? PostOnly.RefuseIfTaking : PostOnly.No,
                Quantity = c.Kind == 5 ? 0 : c.Quantity / 10m,
                QuoteQuantity = c.Kind == 5 ? c.Quantity * 7.3m : 0,
                Price = c.Kind >= 4 ? 0 : c.Price,
                SelfTradePrevention = (SelfTradePrevention)(c.Pick % 4),
            });
            if (result.Order is { Executed: > 0 } filled)
            {
                // Price priority: the first fill is at the best price that stood (own orders may have been skipped).
                var first = filled.Fills![0].Price;
                (c.Buys ? first >= before : first <= before).ShouldBeTrue();
                filled.Fills!.Sum(f => f.Quantity).ShouldBe(filled.Executed);
                if (c.Kind == 2)
                {
                    filled.Status.ShouldBe(OrderStatus.Filled);
                }

                if (c.Kind == 5)
                {
                    filled.ExecutedQuote.ShouldBeLessThanOrEqualTo(c.Quantity * 7.3m);
                }
            }
        }

        public void Check()
        {
            Total("A").ShouldBe(_base);
            Total("B").ShouldBe(_quote);
            if (_book.Bids.Best is { } bid && _book.Asks.Best is { } ask)
            {
                bid.Price.ShouldBeLessThan(ask.Price);
            }

            foreach (var ladder in (Ladder[])[_book.Bids, _book.Asks])
            {
                for (var rank = 0; rank < ladder.Count; rank++)
                {
                    var level = ladder[rank];
                    var sum = 0m;
                    long lastId = -1;
                    for (var order = level.First; order is not null; order = order.Next)
                    {
                        order.Remaining.ShouldBeGreaterThan(0);
                        sum += order.Remaining;
                        lastId = order.Id;
                    }

                    lastId.ShouldBeGreaterThan(0);
                    sum.ShouldBe(level.Quantity);
                    _levels[(ladder.Side, level.Price)].ShouldBe(level.Quantity);
                }

                _levels.Count(l => l.Key.Item1 == ladder.Side && l.Value > 0).ShouldBe(ladder.Count);
            }

            foreach (var account in _accounts)
            {
                account.Balance("B").Locked.ShouldBe(account.OpenOrders.Where(o => o.Side == Side.Buy).Sum(o => o.Remaining * o.Price));
                account.Balance("A").Locked.ShouldBe(account.OpenOrders.Where(o => o.Side == Side.Sell).Sum(o => o.Remaining));
            }

            for (var i = 1; i < _trades.Count; i++)
            {
                _trades[i].Id.ShouldBe(_trades[i - 1].Id + 1);
            }
        }

        public void OnOrder(in OrderEvent e)
        {
        }

        public void OnTrade(OrderBook book, in PublicTrade trade) => _trades.Add(trade);

        public void OnLevel(OrderBook book, in LevelChange change)
        {
            if (_lastUpdate > 0)
            {
                change.UpdateId.ShouldBe(_lastUpdate + 1);
            }

            _lastUpdate = change.UpdateId;
            _levels[(change.Side, change.Price)] = change.Quantity;
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

        private decimal BestOf(Side side) => _book[side].Best?.Price ?? 0;

        private decimal Total(string asset) => _accounts.Sum(a => a.Balance(asset).Total) + _engine.Fees.Balance(asset).Total;
    }
}
