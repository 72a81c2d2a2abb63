using CsCheck;
using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Margin;

public sealed class MarginPropertyTests
{
    private readonly record struct Command(int Account, int Kind, bool Buys, int Price, int Quantity, int Pick);

    private static readonly Gen<Command> Commands = Gen.Select(
        Gen.Int[0, 2], Gen.Int[0, 9], Gen.Bool, Gen.Int[60, 140], Gen.Int[1, 400], Gen.Int[0, 1000],
        (account, kind, buys, price, quantity, pick) => new Command(account, kind, buys, price, quantity, pick));

    [Fact]
    public void Money_and_contracts_are_conserved_and_no_wallet_falls_below_zero()
    {
        Commands.Array[1, 100].Sample(commands =>
        {
            var world = new World();
            foreach (var command in commands)
            {
                world.Run(command);
                world.Check();
            }
        }, iter: 250, print: c => string.Join('\n', c.Select(x => x.ToString())));
    }

    private sealed class World : IEngineListener
    {
        private const decimal Deposit = 2000m;
        private readonly MatchingEngine _engine;
        private readonly MarginAccounts _accounts = new("B");
        private readonly MarginSettlement _settlement;
        private readonly List<MarginAccount> _traders = [];
        private readonly Contract _contract = new()
        {
            Instrument = new Instrument { Symbol = "AB", BaseAsset = "A", QuoteAsset = "B", TickSize = 1, StepSize = 0.1m, ReferencePrice = 100 },
            DefaultLeverage = 20m,
        };

        private decimal _mark = 100m;

        public World()
        {
            _settlement = new MarginSettlement(_accounts, _ => _contract, _ => _mark, new VenueClock(TimeProvider.System));
            _engine = new MatchingEngine(this);
            _engine.List(_contract.Instrument, _settlement);
            for (var i = 0; i < 3; i++)
            {
                var account = new Account($"a{i}") { MakerRate = 0.0002m, TakerRate = 0.00055m };
                _engine.Add(account);
                _engine.Deposit(account, "B", Deposit);
                _traders.Add(_accounts.Of(account));
            }
        }

        public void Run(Command c)
        {
            _engine.NowMicros++;
            var margin = _traders[c.Account];
            var open = margin.Account.OpenOrders;
            switch (c.Kind)
            {
                case 0:
                    _mark = c.Price;
                    break;
                case 1 when open.Count > 0:
                    _engine.Cancel(open[c.Pick % open.Count]);
                    break;
                case 2 when open.Count > 0:
                    _engine.Amend(open[c.Pick % open.Count], c.Quantity / 10m, c.Price);
                    break;
                case 3:
                    margin.Holding(_contract).BuyLeverage = margin.Holding(_contract).SellLeverage = 1 + (c.Pick % 50);
                    margin.Holding(_contract).OrderMargin = null;
                    break;
                default:
                    Place(margin, c);
                    break;
            }
        }

        public void Check()
        {
            var holdings = _traders.ConvertAll(t => t.Holding(_contract));
            holdings.Sum(h => h[0].Size).ShouldBe(0m);
            var wallets = _traders.Sum(t => t.Wallet.Total) + _settlement.Fees.Balance("B").Total;
            (wallets + holdings.Sum(h => h[0].Unrealised(_mark))).ShouldBe(Deposit * _traders.Count);

            // Whatever the mark is: what one side wins the other loses.
            (wallets + holdings.Sum(h => h[0].Unrealised(12_345.678m))).ShouldBe(Deposit * _traders.Count);
            _traders.ShouldAllBe(t => t.Wallet.Free >= 0 && t.Wallet.Locked == 0);
            foreach (var margin in _traders)
            {
                // The lazy figure is the one that counting anew gives.
                var holding = margin.Holding(_contract);
                margin.OrderMargin(holding).ShouldBe(margin.OrderMargin(holding, default, null));
                if (margin.Account.OpenOrders.Count == 0)
                {
                    margin.OrderMargin(holding).ShouldBe(0m);
                }
            }
        }

        private void Place(MarginAccount margin, Command c)
        {
            var holding = margin.Holding(_contract);
            var before = holding[0].Size;
            var available = margin.Available(_ => _mark);
            var request = new NewOrder
            {
                Symbol = "AB",
                Side = c.Buys ? Side.Buy : Side.Sell,
                Type = c.Kind >= 8 ? OrderType.Market : OrderType.Limit,
                Price = c.Kind >= 8 ? 0 : c.Price,
                Quantity = c.Quantity / 10m,
                ReduceOnly = c.Kind == 5,
                SelfTradePrevention = (SelfTradePrevention)(c.Pick % 4),
            };
            var bound = margin.OrderMargin(holding);
            var result = _engine.Place(margin.Account, request);
            if (c.Kind == 5)
            {
                // Reduce-only never grows and never turns a position.
                Math.Abs(holding[0].Size).ShouldBeLessThanOrEqualTo(Math.Abs(before));
                (Math.Sign(holding[0].Size) * Math.Sign(before)).ShouldBeGreaterThanOrEqualTo(0);
            }
            else if (result.Ok && result.Order!.Executed == 0)
            {
                (margin.OrderMargin(holding) - bound).ShouldBeLessThanOrEqualTo(Math.Max(0, available));
            }
        }

        public void OnOrder(in OrderEvent e)
        {
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
}
