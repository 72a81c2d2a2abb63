using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Tapes;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Tapes;

/// <summary>A table of trades or bars as a market: what was recorded happens exactly, the book around it is made up and believable.</summary>
public sealed class TableMarketTests
{
    [Theory]
    [InlineData("series/klines/binance_spot_ADABTC_1m_20211127.csv.gz", 60_000)]
    [InlineData("series/klines/binance_spot_BTCUSDT_1m_to20180618.csv.gz", 60_000)]
    [InlineData("series/klines/binance_spot_BTCUSDT_1h_20180501_05.csv.gz", 3_600_000)]
    [InlineData("series/klines/binance_spot_BNBUSDT_4h_to20240322.csv.gz", 14_400_000)]
    [InlineData("series/klines/binance_spot_XLMBTC_5m_201802_05.csv.gz", 300_000)]
    [InlineData("series/klines/other_bitfinex_BTCUSD_1h.csv.gz", 3_600_000)]
    public void Bars_rebuilt_from_the_trades_equal_the_bars_of_the_table(string path, long millis)
    {
        var file = SharedData.File(path);
        var bars = TapeFile.Lines(file).Skip(1).Select(l => l.Text.Split(',')).ToDictionary(c => long.Parse(c[0], System.Globalization.CultureInfo.InvariantCulture), c => c[1..6].Select(Number).ToArray());
        var rebuilt = new Dictionary<long, Candle>();
        foreach (var trade in TableReader.Read(file))
        {
            var open = trade.TimeMicros / 1000 / millis * millis;
            rebuilt[open] = (rebuilt.TryGetValue(open, out var bar) ? bar : new Candle(open, open + millis - 1, trade.Price)).With(trade.Price, trade.Quantity, trade.TakerSide == Side.Buy, 1);
        }

        rebuilt.Count.ShouldBe(bars.Count(b => b.Value[4] > 0));
        foreach (var (open, bar) in rebuilt)
        {
            ((decimal[])[bar.Open, bar.High, bar.Low, bar.Close, bar.Volume]).ShouldBe(bars[open], $"bar of {open}");
        }
    }

    [Theory]
    [InlineData("5,5,5,5,0", "")]
    [InlineData("5,8,4,6,100", "5 4 8 6")]
    [InlineData("6,8,4,5,100", "6 8 4 5")]
    [InlineData("5,8,5,8,0.00000002", "5 8")]
    [InlineData("5,5,5,5,0.00000001", "5")]
    [InlineData("1,4,1,3,0.00000007", "1 4 3")]
    public void Bar_is_walked_low_first_when_it_rises_and_high_first_when_it_falls(string text, string corners)
    {
        var c = text.Split(',').Select(Number).ToArray();
        var trades = KlineWalk.Trades(new Kline(0, 60_000_000, c[0], c[1], c[2], c[3], c[4]));
        trades.Sum(t => t.Quantity).ShouldBe(c[4]);
        trades.ShouldAllBe(t => t.Quantity > 0 && t.TimeMicros >= 0 && t.TimeMicros < 60_000_000);
        var wanted = corners.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToList();
        var at = -1;
        foreach (var corner in wanted)
        {
            at = trades.FindIndex(at + 1, t => t.Price == corner);
            at.ShouldBeGreaterThanOrEqualTo(0, $"{corner} in its turn");
        }

        (trades.Count == 0 ? "" : $"{trades[0].Price} {trades[^1].Price}").ShouldBe(trades.Count == 0 ? "" : $"{c[0]} {c[3]}");
    }

    [Theory]
    [InlineData("series/trades/binance_spot_BTCUSDT_20210108_46s.csv.gz", 1)]
    [InlineData("series/trades/binance_spot_TRXUSDT_20250304_48m.csv.gz", 20)]
    [InlineData("series/klines/binance_spot_ADABTC_1m_20211127.csv.gz", 60)]
    public void Trades_happen_at_the_touch_on_the_right_side_of_a_book_that_is_never_crossed_and_at_their_times(string path, int speed)
    {
        var file = SharedData.File(path);
        var recorded = TableReader.Read(file).Take(4000).ToList();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
        using var tape = new TableTape(file, null, speed, null, 5);
        var venue = new SimulatedVenue("v", new VenueClock(time), [tape.Instrument], tape, 5);
        var opened = venue.Clock.NowMicros;
        var watcher = new Watcher();
        venue.AddListener(watcher);
        while (watcher.Trades.Count < recorded.Count - 1)
        {
            time.Advance(VenuePump.Period);
            venue.Pump();
        }

        // The first one happened when the venue opened, before anybody could listen.
        for (var i = 1; i < recorded.Count; i++)
        {
            var (trade, touch) = watcher.Trades[i - 1];
            (trade.Price, trade.Quantity, trade.TakerSide).ShouldBe((recorded[i].Price, recorded[i].Quantity, recorded[i].TakerSide), $"trade {i}");
            trade.TimeMicros.ShouldBe(opened + ((recorded[i].TimeMicros - recorded[0].TimeMicros) / speed), $"trade {i}");
            touch.ShouldBe(trade.Price, $"trade {i} at the touch");
        }

        watcher.Crossed.ShouldBe(0);
        watcher.Widest.ShouldBeInRange(1, 100);
    }

    [Fact]
    public void Spread_and_depth_follow_volatility_and_volume()
    {
        (decimal Spread, decimal Depth) After(decimal move, decimal quantity)
        {
            var engine = new MatchingEngine(new Tests.Flow.RecordingListener()) { NowMicros = 1 };
            var book = engine.List(DefaultInstruments.Create("BTC/USDT", 1));
            var market = new TapeMarket(book, new Workbench.Simulator.Flow.HouseAccounts(engine), quotesMayFill: false);
            var made = new SyntheticBook(market, 9);
            for (var i = 0; i < 300; i++)
            {
                var trade = new TapeTrade(i, i % 2 == 0 ? Side.Buy : Side.Sell, 60_000m + (i % 3 * move), quantity);
                made.Prepare(engine, trade);
                market.Trade(engine, trade);
            }

            return (book.Top.AskPrice - book.Top.BidPrice, Enumerable.Range(0, book.Bids.Count).Sum(r => book.Bids[r].Quantity));
        }

        var calm = After(1, 0.1m);
        var wild = After(50, 0.1m);
        var busy = After(1, 5);
        wild.Spread.ShouldBeGreaterThan(calm.Spread * 5);
        busy.Depth.ShouldBeGreaterThan(calm.Depth * 5);
        busy.Spread.ShouldBe(calm.Spread);
    }

    [Fact]
    public void Engines_own_bars_equal_the_table_when_the_clock_begins_with_it()
    {
        var file = SharedData.File("series/klines/binance_spot_ADABTC_1m_20211127.csv.gz");
        var rows = TapeFile.Lines(file).Skip(1).Take(90).Select(l => l.Text.Split(',')).ToList();
        var first = long.Parse(rows[0][0], System.Globalization.CultureInfo.InvariantCulture);
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(first));
        using var tape = new TableTape(file, null, 1, null, 5);
        var venue = new SimulatedVenue("v", new VenueClock(time), [tape.Instrument], tape, 5);
        for (var end = time.GetUtcNow() + TimeSpan.FromMinutes(90); time.GetUtcNow() < end;)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            venue.Pump();
        }

        var bars = venue.Execute(_ => venue.Markets[0].Candles(new CandleInterval(60_000), first, first + (89 * 60_000), 90, venue.Clock.NowMillis));
        bars.Count.ShouldBe(90);
        for (var i = 0; i < 90; i++)
        {
            ((decimal[])[bars[i].Open, bars[i].High, bars[i].Low, bars[i].Close, bars[i].Volume]).ShouldBe([.. rows[i][1..6].Select(Number)], $"bar {i}");
        }
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Watcher : IVenueListener
    {
        public List<(PublicTrade Trade, decimal Touch)> Trades { get; } = [];

        public int Crossed { get; private set; }

        /// <summary>The widest spread, in ticks of ten thousandths of the price.</summary>
        public decimal Widest { get; private set; }

        public bool IsWatching(OrderBook book) => true;

        public void OnTrade(OrderBook book, in PublicTrade trade) => Trades.Add((trade, book[trade.TakerSide.Opposite()].Best?.Price ?? 0));

        public void OnLevel(OrderBook book, in LevelChange change)
        {
        }

        public void OnTop(OrderBook book, long timeMicros)
        {
            Crossed += book.Top.BidPrice >= book.Top.AskPrice && book.Top is { BidPrice: > 0, AskPrice: > 0 } ? 1 : 0;
            Widest = Math.Max(Widest, book.Top is { BidPrice: > 0, AskPrice: > 0 } top ? (top.AskPrice - top.BidPrice) / top.BidPrice * 10_000 : 0);
        }

        public void OnOrder(in OrderEvent e)
        {
        }

        public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
        {
        }

        public void OnStepEnd()
        {
        }

        public void OnTick(long nowMicros)
        {
        }
    }
}
