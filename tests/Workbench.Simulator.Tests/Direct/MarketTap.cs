using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Simulator.Tests.Direct;

/// <summary>A market session that keeps everything it is told, in order, and sees to it that it is told one thing at a time.</summary>
internal sealed class MarketTap : IMarketStreamSession, IAsyncDisposable
{
    private static readonly MarketSubscription Fence = new("NO/WHERE", MarketChannel.Quotes);
    private readonly Channel<SubscriptionChange> _changes = Channel.CreateUnbounded<SubscriptionChange>();
    private readonly SemaphoreSlim _fences = new(0);
    private readonly List<object> _heard = [];
    private readonly CancellationTokenSource _stop = new();
    private int _inside;

    private MarketTap()
    {
    }

    public int Number => 3;

    public ChannelReader<SubscriptionChange> Changes => _changes.Reader;

    public Task<StreamEnd> Stream { get; private set; } = null!;

    /// <summary>Held by a test to make the session slow.</summary>
    public Func<MarketEvent, bool>? Block { get; set; }

    public SemaphoreSlim Blocked { get; } = new(0);

    public ManualResetEventSlim Release { get; } = new();

    /// <summary>True when two calls ever overlapped.</summary>
    public bool Overlapped { get; private set; }

    public static MarketTap Open(IConnector connector, params MarketSubscription[] wishes)
    {
        var tap = new MarketTap();
        Array.ForEach(wishes, tap.Wish);
        tap.Stream = connector.RunMarketStreamAsync(tap, tap._stop.Token);
        return tap;
    }

    public void Wish(MarketSubscription subscription) => _changes.Writer.TryWrite(new SubscriptionChange(subscription, true));

    public void Unwish(MarketSubscription subscription) => _changes.Writer.TryWrite(new SubscriptionChange(subscription, false));

    /// <summary>Everything heard up to now: the refusal of a market that does not exist comes after all that went before.</summary>
    public async Task<IReadOnlyList<object>> HeardAsync()
    {
        Wish(Fence);
        (await _fences.WaitAsync(DirectBench.Patience)).ShouldBeTrue("the stream does not answer");
        lock (_heard)
        {
            return [.. _heard];
        }
    }

    public async Task<IReadOnlyList<T>> HeardAsync<T>() => [.. (await HeardAsync()).OfType<T>()];

    public async Task<StreamEnd> StopAsync()
    {
        await _stop.CancelAsync();
        return await Stream.WaitAsync(DirectBench.Patience);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    void IMarketStreamSession.Connected() => Hear("connected");

    void IMarketStreamSession.Acknowledged(MarketSubscription subscription) => Hear(subscription);

    void IMarketStreamSession.Refused(MarketSubscription subscription, VenueError error)
    {
        if (subscription == Fence)
        {
            _fences.Release();
            return;
        }

        Hear((subscription, error.Kind));
    }

    MarketStamp IMarketStreamSession.Stamp(Timestamp receivedAt, Timestamp? venueTime, long sequence) => new()
    {
        Connection = new ConnectionId("test"),
        Venue = new VenueId("simulated"),
        Session = Number,
        ReceivedAt = receivedAt,
        VenueTime = venueTime ?? receivedAt,
        Sequence = sequence,
        IsSimulated = true,
    };

    void IMarketStreamSession.Publish(MarketEvent marketEvent)
    {
        if (Block?.Invoke(marketEvent) == true)
        {
            Blocked.Release();
            Release.Wait(DirectBench.Patience);
        }

        Hear(marketEvent);
    }

    void IMarketStreamSession.Interrupted(MarketSubscription subscription, string reason, TimeSpan? retryAfter) => Hear(new InvalidOperationException(reason));

    void IMarketStreamSession.Renew(string reason) => Hear(new InvalidOperationException(reason));

    void IMarketStreamSession.BadMessage(string message) => Hear(new InvalidOperationException(message));

    private void Hear(object what)
    {
        Overlapped |= Interlocked.Increment(ref _inside) != 1;
        lock (_heard)
        {
            _heard.Add(what);
        }

        Interlocked.Decrement(ref _inside);
    }
}
