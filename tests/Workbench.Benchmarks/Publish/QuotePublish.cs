using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using Workbench.Core.MarketData;
using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Benchmarks.Publish;

/// <summary>One quote from the connection's side to its reader's hands, on one thread, so that the cost of the code shows and not that of a thread waking up.</summary>
public class QuotePublish
{
    private const int Burst = 256;
    private static readonly HashSet<MarketChannel> Quotes = [MarketChannel.Quotes];
    private readonly Channel<MarketEvent> _channel = Channel.CreateBounded<MarketEvent>(
        new BoundedChannelOptions(Subscriber.Capacity) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.DropOldest });

    private readonly CancellationTokenSource _stop = new();
    private WholePipeline _whole = null!;
    private IAsyncEnumerator<MarketEvent> _bare = null!;
    private IAsyncEnumerator<MarketEvent> _subscriber = null!;
    private Quote _quote = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _whole = new WholePipeline();
        _bare = _channel.Reader.ReadAllAsync(_stop.Token).GetAsyncEnumerator();
        _subscriber = _whole.Hub.ReadAsync(Market.Symbol, Quotes, null, Delivery.EveryEvent, _stop.Token).GetAsyncEnumerator();
        _quote = new Quote(Market.Symbol, new Price(61234.56m), new Quantity(1.2m), new Price(61234.57m), new Quantity(0.9m), new MarketStamp
        {
            Connection = WholePipeline.Connection,
            Venue = new VenueId("binance"),
            Session = 1,
            VenueTime = Timestamp.FromUnixMilliseconds(1_723_161_253_413),
            ReceivedAt = Timestamp.FromUnixMilliseconds(1_723_161_253_500),
            Sequence = 1,
        });

        // A reader is there from its first read on, and that one must wait.
        var first = _subscriber.MoveNextAsync();
        _whole.Pipeline.Process(new MarketDataArrived(_quote));
        if (!first.AsTask().Wait(TimeSpan.FromSeconds(10)) || _subscriber.Current is not Quote { Stamp.IsBackup: false })
        {
            throw new InvalidOperationException("The quote did not reach its reader.");
        }
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _stop.Cancel();
        _whole.Dispose();
        _stop.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Burst)]
    public MarketEvent BareChannel()
    {
        for (var i = 0; i < Burst; i++)
        {
            _channel.Writer.TryWrite(_quote);
            Read(_bare);
        }

        return _bare.Current;
    }

    [Benchmark(OperationsPerInvoke = Burst)]
    public MarketEvent AllStages()
    {
        for (var i = 0; i < Burst; i++)
        {
            _whole.Pipeline.Process(new MarketDataArrived(_quote));
            Read(_subscriber);
        }

        return _subscriber.Current;
    }

    [Benchmark(OperationsPerInvoke = Burst)]
    public MarketEvent InboxAndAllStages()
    {
        for (var i = 0; i < Burst; i++)
        {
            _whole.Inbox.Post(new MarketDataArrived(_quote));
        }

        _whole.Runner.RunPending();
        for (var i = 0; i < Burst; i++)
        {
            Read(_subscriber);
        }

        return _subscriber.Current;
    }

    private static void Read(IAsyncEnumerator<MarketEvent> reader)
    {
        var read = reader.MoveNextAsync();
        if (!read.IsCompletedSuccessfully || !read.Result)
        {
            throw new InvalidOperationException("The event was not there.");
        }
    }
}
