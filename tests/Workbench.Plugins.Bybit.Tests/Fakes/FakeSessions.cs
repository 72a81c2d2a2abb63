using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Fakes;

/// <summary>Writes down what a connector says, in order.</summary>
internal sealed class FakeMarketSession : IMarketStreamSession
{
    private readonly Channel<SubscriptionChange> _changes = Channel.CreateUnbounded<SubscriptionChange>();
    private readonly Channel<object> _said = Channel.CreateUnbounded<object>();

    public int Number => 7;

    public ChannelReader<SubscriptionChange> Changes => _changes.Reader;

    public void Wish(MarketSubscription subscription, bool isAdded = true, bool isAgain = false) => _changes.Writer.TryWrite(new SubscriptionChange(subscription, isAdded, isAgain));

    public async Task<object> NextAsync() => await _said.Reader.ReadAsync().AsTask().WaitAsync(Generous.Timeout);

    public async Task<T> NextAsync<T>() => (await NextAsync()).ShouldBeOfType<T>();

    public bool HasMore => _said.Reader.TryPeek(out _);

    public void Connected() => Say(new Up());

    public void Acknowledged(MarketSubscription subscription) => Say(new Acked(subscription));

    public void Refused(MarketSubscription subscription, VenueError error) => Say(new Denied(subscription, error));

    public MarketStamp Stamp(Timestamp receivedAt, Timestamp? venueTime, long sequence) => new()
    {
        Connection = new ConnectionId("bybit"),
        Venue = new VenueId("bybit"),
        Session = Number,
        ReceivedAt = receivedAt,
        VenueTime = venueTime ?? receivedAt,
        Sequence = sequence,
    };

    public void Publish(MarketEvent marketEvent) => Say(marketEvent);

    public void Interrupted(MarketSubscription subscription, string reason, TimeSpan? retryAfter) => Say(new Broken(subscription, reason));

    public void Renew(string reason) => Say(new Announced(reason));

    public void BadMessage(string message) => Say(new Bad(message));

    private void Say(object what) => _said.Writer.TryWrite(what);
}

internal sealed class FakeUserSession : IUserStreamSession
{
    private readonly Channel<object> _said = Channel.CreateUnbounded<object>();

    public async Task<T> NextAsync<T>() => (await _said.Reader.ReadAsync().AsTask().WaitAsync(Generous.Timeout)).ShouldBeAssignableTo<T>()!;

    public bool HasMore => _said.Reader.TryPeek(out _);

    public void Connected() => Say(new Up());

    public void Publish(OrderReport report) => Say(report);

    public void Publish(FillReport fill) => Say(fill);

    public void Publish(IReadOnlyList<Balance> balances) => Say(balances);

    public void Renew(string reason) => Say(new Announced(reason));

    public void BadMessage(string message) => Say(new Bad(message));

    private void Say(object what) => _said.Writer.TryWrite(what);
}

internal sealed record Up;

internal sealed record Acked(MarketSubscription Subscription);

internal sealed record Denied(MarketSubscription Subscription, VenueError Error);

internal sealed record Broken(MarketSubscription Subscription, string Reason);

internal sealed record Announced(string Reason);

internal sealed record Bad(string Message);
