using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests.MarketData;

/// <summary>Candles as a script reads them, through the whole engine on virtual time. The rig's clock begins at a full minute.</summary>
[Collection(nameof(EngineTests))]
public sealed class CandleStreamTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Candle_is_closed_by_time_alone_one_second_after_its_end()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await using var reader = new Reader(rig);
        await PassAsync(rig, 1);
        Trade(rig, rig.Primary, 100);
        await rig.UntilAsync(() => reader.Closed.Count > 0, "a closed candle");
        var closed = reader.Closed[0];
        var late = rig.Now() - (closed.OpenTime + Interval);
        late.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.3), "patience, and how often it is looked at");
        (closed.Close.Value, closed.Volume.Value, closed.IsPartial).ShouldBe((100, 1, true), "the venue had no history");
        await rig.UntilAsync(() => reader.Closed.Count > 2, "two intervals without trades");
        reader.Closed[2].ShouldSatisfyAllConditions(c => c.Close.Value.ShouldBe(100), c => c.Volume.IsZero.ShouldBeTrue(), c => c.IsPartial.ShouldBeFalse());
    }

    [Fact]
    public async Task First_candle_is_the_venues_own()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        rig.Primary.OnCandles = (symbol, interval, count) => ReadResult<IReadOnlyList<Candle>>.Ok([Venue(rig, symbol, interval, 7)]);
        await using var reader = new Reader(rig);
        await rig.UntilAsync(() => reader.All.Count > 0, "the seed");
        (reader.All[0].Volume.Value, reader.All[0].IsClosed).ShouldBe((7, false));
        await PassAsync(rig, 1);
        Trade(rig, rig.Primary, 110);
        await rig.UntilAsync(() => reader.All[^1].Volume.Value == 8, "the trade on top of the seed");
        rig.Primary.OnCandles = (symbol, interval, count) => ReadResult<IReadOnlyList<Candle>>.Ok([.. Enumerable.Range(0, 5).Select(i => Venue(rig, symbol, interval, 9, i))]);
        await rig.UntilAsync(() => reader.Closed.Count > 0, "a closed candle");
        (reader.Closed[0].Volume.Value, reader.Closed[0].IsPartial).ShouldBe((9, false), "what the venue says at its end");
    }

    [Fact]
    public async Task Failover_keeps_the_stream_and_marks_the_candle_of_two_venues()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await using var reader = new Reader(rig);
        await PassAsync(rig, 12);
        Trade(rig, rig.Primary, 100);
        await rig.UntilAsync(() => reader.All.Count > 0, "a forming candle");
        rig.Primary.StreamError = new VenueError(VenueErrorKind.Network, "gone");
        rig.Primary.Hang();
        await rig.UntilAsync(() =>
        {
            rig.Secondary.Quote(100, 101);
            return rig.Workbench.Connections.Route(Btc).Data == new ConnectionId("bybit");
        }, "the backup");
        Trade(rig, rig.Secondary, 90);
        await rig.UntilAsync(() => reader.Closed.Any(c => c.IsMixed), "the mixed candle");
        var mixed = reader.Closed.First(c => c.IsMixed);
        (mixed.High.Value, mixed.Low.Value, mixed.Stamp.Connection.Value, mixed.Stamp.IsBackup).ShouldBe((100, 90, "bybit", true));
    }

    [Fact]
    public async Task Reader_that_stops_in_the_middle_leaves_nothing_behind()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await using (var reader = new Reader(rig))
        {
            await rig.UntilAsync(() => rig.Engine.MarketData.Readers.Readers == 1, "the reader");
        }

        rig.Engine.MarketData.Readers.Readers.ShouldBe(0);
    }

    private static Candle Venue(EngineRig rig, Symbol symbol, TimeSpan interval, decimal volume, int back = 0)
    {
        var now = rig.Now().UnixNanoseconds;
        var length = interval.Ticks * 100;
        var stamp = Some.Stamp(session: 0) with { VenueTime = rig.Now(), ReceivedAt = rig.Now() };
        return new Candle(symbol, interval, new Timestamp(now - (now % length) - (back * length)), new Price(100), new Price(120), new Price(80), new Price(105), new Quantity(volume), back > 0, stamp);
    }

    private static void Trade(EngineRig rig, FakeConnector venue, decimal price) =>
        venue.Publish(stamp => new Trade(Btc, new TradeId($"{rig.Now()}"), new Price(price), new Quantity(1), Side.Buy, stamp));

    private static async Task PassAsync(EngineRig rig, double seconds)
    {
        var began = rig.Now();
        await rig.UntilAsync(() =>
        {
            // Both streams are alive all the while.
            rig.Primary.Quote(100, 101);
            rig.Secondary.Quote(100, 101);
            return rig.Now() - began >= TimeSpan.FromSeconds(seconds);
        }, "time to pass");
    }

    private sealed class Reader : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Lock _lock = new();
        private readonly List<Candle> _all = [];
        private readonly Task _reading;

        public Reader(EngineRig rig) => _reading = ReadAsync(rig.Workbench.Market.Candles(Btc, Interval, cancellationToken: _stop.Token));

        public IReadOnlyList<Candle> All
        {
            get
            {
                lock (_lock)
                {
                    return [.. _all];
                }
            }
        }

        public IReadOnlyList<Candle> Closed => [.. All.Where(c => c.IsClosed)];

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }

        private async Task ReadAsync(IMarketStream<Candle> candles)
        {
            await foreach (var candle in candles)
            {
                lock (_lock)
                {
                    _all.Add(candle);
                }
            }
        }
    }
}
