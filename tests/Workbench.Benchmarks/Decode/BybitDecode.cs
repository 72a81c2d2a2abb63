using BenchmarkDotNet.Attributes;
using Workbench.Plugins.Bybit.Streams;
using Workbench.Sdk;

namespace Workbench.Benchmarks.Decode;

/// <summary>From the bytes of a message to the published value, books including their check of sequence.</summary>
public class BybitDecode
{
    private static readonly Timestamp Received = Timestamp.FromUnixMilliseconds(1_723_161_253_500);
    private readonly SinkSession _session = new("bybit");
    private readonly FeedTable _feeds = new();
    private readonly MarketFrame _frame = new();
    private WireMessage _message = null!;

    [Params(MessageKind.Quote, MessageKind.Trade, MessageKind.Depth)]
    public MessageKind Message { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _message = Messages.Bybit(Message);
        var channel = Message switch { MessageKind.Quote => MarketChannel.Quotes, MessageKind.Trade => MarketChannel.Trades, _ => MarketChannel.Book };
        var feed = new Feed(new MarketSubscription(Market.Symbol, channel), Market.Instrument);
        feed.Sequence.Next(isSnapshot: true, 1_000_000_000);
        _feeds.TryAdd(feed);
        _session.Prove(Message, () => Connector());
    }

    [Benchmark(Baseline = true)]
    public decimal JsonDocument() => GeneralReading.Bybit(_message.Next(), Message);

    [Benchmark]
    public int Utf8JsonReaderWalk() => GeneralReading.Walk(_message.Next().Span);

    [Benchmark]
    public object? Connector()
    {
        if (_frame.Decode(_message.Next()) is null && _feeds.TryGet(_frame.Topic, out var feed))
        {
            Publisher.Publish(_session, feed, _frame, Received);
        }

        return _session.Newest;
    }
}
