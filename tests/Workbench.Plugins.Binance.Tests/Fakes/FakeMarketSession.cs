using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Fakes;

/// <summary>Keeps everything that a connector says, in order, and lets the test wait for it.</summary>
internal sealed class FakeMarketSession : IMarketStreamSession
{
    private readonly Channel<SubscriptionChange> _changes = Channel.CreateUnbounded<SubscriptionChange>();
    private readonly Channel<object> _said = Channel.CreateUnbounded<object>();

    public int Number => 7;

    public ChannelReader<SubscriptionChange> Changes => _changes.Reader;

    public List<MarketEvent> Events { get; } = [];

    public List<string> BadMessages { get; } = [];

    public void Wish(Symbol symbol, MarketChannel channel, bool isAdded = true, bool isAgain = false) =>
        _changes.Writer.TryWrite(new SubscriptionChange(new MarketSubscription(symbol, channel), isAdded, isAgain)).ShouldBeTrue();

    /// <summary>The next thing that was said: an event, or a text such as <c>connected</c>.</summary>
    public Task<object> NextAsync() => _said.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async Task<T> NextAsync<T>() => (await NextAsync()).ShouldBeAssignableTo<T>()!;

    public bool IsQuiet => !_said.Reader.TryPeek(out _);

    public void Connected() => Say("connected");

    public void Acknowledged(MarketSubscription subscription) => Say($"acknowledged {subscription}");

    public void Refused(MarketSubscription subscription, VenueError error) => Say($"refused {subscription}: {error}");

    public MarketStamp Stamp(Timestamp receivedAt, Timestamp? venueTime, long sequence) => new()
    {
        Connection = new ConnectionId("binance"),
        Venue = new VenueId("binance"),
        Session = Number,
        VenueTime = venueTime ?? receivedAt,
        ReceivedAt = receivedAt,
        Sequence = sequence,
    };

    public void Publish(MarketEvent marketEvent)
    {
        Events.Add(marketEvent);
        Say(marketEvent);
    }

    public void Interrupted(MarketSubscription subscription, string reason, TimeSpan? retryAfter) => Say($"interrupted {subscription}: {reason}{(retryAfter is null ? "" : $" ({retryAfter})")}");

    public void Renew(string reason) => Say($"renew {reason}");

    public void BadMessage(string message)
    {
        BadMessages.Add(message);
        Say($"bad {message}");
    }

    private void Say(object what) => _said.Writer.TryWrite(what).ShouldBeTrue();
}
