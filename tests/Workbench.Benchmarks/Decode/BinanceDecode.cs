using BenchmarkDotNet.Attributes;
using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Market;
using Workbench.Plugins.Binance.Streams;
using Workbench.Sdk;

namespace Workbench.Benchmarks.Decode;

/// <summary>From the bytes of a message to the published value, a change of a book including its check of sequence.</summary>
public class BinanceDecode
{
    private static readonly Timestamp Received = Timestamp.FromUnixMilliseconds(1_723_161_253_500);
    private readonly SinkSession _session = new("binance");
    private readonly BookSync _sync = new(Market.Symbol);
    private BinanceStreamDecoder _decoder = null!;
    private WireMessage _message = null!;

    [Params(MessageKind.Quote, MessageKind.Trade, MessageKind.Depth)]
    public MessageKind Message { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _message = Messages.Binance(Message);
        _decoder = new BinanceStreamDecoder(new Catalogue { Current = new InstrumentMap([Market.Instrument]) });
        _sync.OnSnapshot(new DepthSnapshot(1_000_000_000, [], [], Received), _session);
        _session.Prove(Message, () => Connector());
    }

    [Benchmark(Baseline = true)]
    public decimal JsonDocument() => GeneralReading.Binance(_message.Next(), Message);

    [Benchmark]
    public int Utf8JsonReaderWalk() => GeneralReading.Walk(_message.Next().Span);

    [Benchmark]
    public object? Connector()
    {
        var decoded = _decoder.Decode(_message.Next(), Received, _session);
        if (decoded.Kind == StreamMessageKind.Depth)
        {
            _sync.OnEvent(decoded.Depth, _session);
        }

        return _session.Newest;
    }
}
