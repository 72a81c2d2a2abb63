using System.Text;
using System.Text.Json;
using Workbench.Plugins.Binance.Market;
using Workbench.Plugins.Binance.Streams;
using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Recorded;

/// <summary>Runs recorded sessions through decoder and synchroniser and compares the rebuilt top of the book with the recorded bookTicker.</summary>
public sealed class SeriesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("binance_spot_BTCUSDT_20240808_235413.jsonl.gz", 6000)]
    [InlineData("binance_spot_10symbols_20210405_cryptofeed.jsonl.gz", 4000)]
    [InlineData("binance_spot_10symbols_20210417_cryptofeed.jsonl.gz", 300)]
    [InlineData("binance_spot_4symbols_20211012_cryptofeed.jsonl.gz", 100)]
    public void Rebuilt_book_agrees_with_the_recorded_ticker(string file, int atLeast)
    {
        var replay = new Replay();
        foreach (var line in SharedData.Lines(SharedData.Folder("series", "l2", file)))
        {
            replay.Take(line);
        }

        output.WriteLine($"{file}: {replay.Messages} messages, {replay.Quotes} quotes, {replay.Trades} trades, {replay.Candles} candles, {replay.Changes} book changes, {replay.Other} of other kinds, {replay.Bad.Count} bad");
        output.WriteLine($"  equal update ids: {replay.Equal.Same} of {replay.Equal.Seen} agree; newest ticker at or before each change: {replay.Newest.Same} of {replay.Newest.Seen} agree");
        replay.Bad.ShouldBeEmpty();
        replay.Newest.Seen.ShouldBeGreaterThan(atLeast);
        replay.Equal.Seen.ShouldBeGreaterThan(0);
        ((decimal)replay.Equal.Same / replay.Equal.Seen).ShouldBeGreaterThanOrEqualTo(0.999m);
        ((decimal)replay.Newest.Same / replay.Newest.Seen).ShouldBeGreaterThanOrEqualTo(0.999m);
    }

    [Fact]
    public void Recorded_changes_in_microseconds_decode()
    {
        var replay = new Replay();
        foreach (var line in SharedData.Lines(SharedData.Folder("series", "l2", "binance_spot_TRXUSDT_depth_20250304.jsonl.gz")))
        {
            replay.Take(line);
        }

        output.WriteLine($"{replay.Messages} messages, {replay.Bad.Count} bad");
        replay.Bad.ShouldBeEmpty();
        replay.Messages.ShouldBe(2833);
        replay.LastDepthTime.ToDateTimeOffset().Date.ShouldBe(new DateTime(2025, 3, 4));
    }

    [Fact]
    public void Recorded_snapshot_of_five_thousand_levels_decodes_without_loss()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(SharedData.Lines(SharedData.Folder("series", "l2", "binance_spot_BTCUSDT_depth5000_1744588800258.json.gz"))));
        using var json = JsonDocument.Parse(bytes);
        Comparisons.Same(DepthSnapshot.Read(bytes, default).ShouldNotBeNull(), json.RootElement);
    }

    private sealed class Replay
    {
        private readonly Dictionary<string, Market> _markets = new(StringComparer.OrdinalIgnoreCase);

        public int Messages { get; private set; }

        public int Quotes { get; private set; }

        public int Trades { get; private set; }

        public int Candles { get; private set; }

        public int Other { get; private set; }

        public int Changes { get; private set; }

        public List<string> Bad { get; } = [];

        public (int Same, int Seen) Equal { get; private set; }

        public (int Same, int Seen) Newest { get; private set; }

        public Timestamp LastDepthTime { get; private set; }

        public void Take(string line)
        {
            using var json = JsonDocument.Parse(line);
            var raw = json.RootElement.GetProperty("raw").GetString()!;
            var at = new Timestamp(json.RootElement.GetProperty("t_ns").GetInt64());
            switch (json.RootElement.GetProperty("kind").GetString())
            {
                case "ws-in":
                    Messages++;
                    Stream(Encoding.UTF8.GetBytes(raw), raw, at);
                    break;
                case "http" when json.RootElement.GetProperty("url").GetString() is { } url && url.Contains("/depth?", StringComparison.Ordinal):
                    Of(url.Split("symbol=")[1].Split('&')[0]).Snapshot(DepthSnapshot.Read(Encoding.UTF8.GetBytes(raw), at).ShouldNotBeNull());
                    break;
            }
        }

        private void Stream(byte[] bytes, string raw, Timestamp at)
        {
            var market = Of(raw[(raw.IndexOf("\":\"", StringComparison.Ordinal) + 3)..raw.IndexOf('@', StringComparison.Ordinal)]);
            var session = market.Session;
            session.Events.Clear();
            var message = market.Decoder.Decode(bytes, at, session);
            Bad.AddRange(session.BadMessages);
            session.BadMessages.Clear();
            switch (message.Kind)
            {
                case StreamMessageKind.Depth:
                    LastDepthTime = message.Depth.VenueTime;
                    Changes++;
                    market.Change(message.Depth);
                    (Equal, Newest) = market.Compare(Equal, Newest);
                    break;
                case StreamMessageKind.Ignored:
                    Other++;
                    break;
                default:
                    Quotes += session.Events.OfType<Quote>().Count();
                    Trades += session.Events.OfType<Trade>().Count();
                    Candles += session.Events.OfType<Candle>().Count();
                    market.Tick(session.Events.OfType<Quote>().FirstOrDefault());
                    (Equal, Newest) = market.Compare(Equal, Newest);
                    break;
            }
        }

        private Market Of(string name)
        {
            if (!_markets.TryGetValue(name, out var market))
            {
                _markets[name] = market = new Market(name.ToUpperInvariant());
            }

            return market;
        }
    }

    /// <summary>One market: its synchroniser, the book of a reader who applies what is published, and the recorded tickers that wait to be compared.</summary>
    private sealed class Market(string name)
    {
        private readonly BookSync _sync = new(Instruments.SymbolOf(name));
        private readonly SortedDictionary<decimal, decimal> _bids = new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));
        private readonly SortedDictionary<decimal, decimal> _asks = [];
        private readonly Queue<(long Id, decimal Bid, decimal BidQuantity, decimal Ask, decimal AskQuantity)> _states = new();
        private readonly List<Quote> _tickers = [];

        public FakeMarketSession Session { get; } = new();

        public BinanceStreamDecoder Decoder { get; } = new(Instruments.Knowing([name]));

        public void Snapshot(DepthSnapshot snapshot)
        {
            Session.Events.Clear();
            _sync.OnSnapshot(snapshot, Session).ShouldBeNull();
            Apply();
        }

        public void Change(in DepthEvent change)
        {
            _sync.OnEvent(change, Session).ShouldBeNull();
            Apply();
        }

        public void Tick(Quote? quote)
        {
            if (quote is not null)
            {
                _tickers.Add(quote);
            }
        }

        /// <summary>Compares every state of the book that a later ticker proves complete: the ticker that was in force at its id is then known.</summary>
        public ((int Same, int Seen) Equal, (int Same, int Seen) Newest) Compare((int Same, int Seen) equal, (int Same, int Seen) newest)
        {
            while (_states.TryPeek(out var state) && _tickers.Count > 0 && _tickers[^1].Stamp.Sequence > state.Id)
            {
                _states.Dequeue();
                var inForce = _tickers.FindLastIndex(t => t.Stamp.Sequence <= state.Id);
                if (inForce < 0)
                {
                    continue;
                }

                var ticker = _tickers[inForce];
                var same = (ticker.Bid?.Value, ticker.BidQuantity.Value, ticker.Ask?.Value, ticker.AskQuantity.Value) == (state.Bid, state.BidQuantity, state.Ask, state.AskQuantity) ? 1 : 0;
                newest = (newest.Same + same, newest.Seen + 1);
                equal = ticker.Stamp.Sequence == state.Id ? (equal.Same + same, equal.Seen + 1) : equal;
                _tickers.RemoveRange(0, inForce);
            }

            return (equal, newest);
        }

        private void Apply()
        {
            foreach (var update in Session.Events.OfType<BookUpdate>())
            {
                if (update.IsSnapshot)
                {
                    _bids.Clear();
                    _asks.Clear();
                }

                Apply(_bids, update.Bids);
                Apply(_asks, update.Asks);
                var (bid, ask) = (_bids.FirstOrDefault(), _asks.FirstOrDefault());
                _states.Enqueue((update.Stamp.Sequence, bid.Key, bid.Value, ask.Key, ask.Value));
            }
        }

        private static void Apply(SortedDictionary<decimal, decimal> side, IReadOnlyList<PriceLevel> levels)
        {
            foreach (var level in levels)
            {
                if (level.Quantity.IsZero)
                {
                    side.Remove(level.Price.Value);
                }
                else
                {
                    side[level.Price.Value] = level.Quantity.Value;
                }
            }
        }
    }
}
