using System.Text.Json;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.UserData;

/// <summary>
/// Account events for whoever subscribed, in engine order: the reports of a step, then the position. Nothing is kept for
/// those who are not there. State changes inside the venue's lock only.
/// </summary>
internal sealed class UserDataHub : IVenueListener
{
    private readonly SimulatedVenue _venue;
    private readonly Dictionary<Account, List<UserDataSubscription>> _subscriptions = [];

    public UserDataHub(SimulatedVenue venue, BinanceOptions options)
    {
        _venue = venue;
        Gate = new AccountEventGate(venue, options);
        venue.AddListener(this);
    }

    /// <summary>Whether events overtake replies.</summary>
    public AccountEventGate Gate { get; }

    /// <summary>About every 20 ms of venue time, inside the venue's lock.</summary>
    public event Action<long>? OnTime;

    /// <summary>Completes when the events told so far are on the wire.</summary>
    public Task SentAsync(Account account) =>
        Task.WhenAll(_venue.Execute(_ => (Listeners(account) ?? []).ConvertAll(listener => listener.Outbox.SentAsync())));

    public void Add(UserDataSubscription subscription) => _venue.Execute(_ =>
    {
        if (!_subscriptions.TryGetValue(subscription.Account, out var list))
        {
            list = _subscriptions[subscription.Account] = [];
        }

        list.Add(subscription);
    });

    /// <summary>Ends a subscription; with <paramref name="says"/> it is told so by <c>eventStreamTerminated</c>.</summary>
    public void Remove(UserDataSubscription subscription, bool says) => _venue.Execute(_ =>
    {
        if (_subscriptions.TryGetValue(subscription.Account, out var list) && list.Remove(subscription) && says)
        {
            subscription.Send(JsonText.Render(_venue.Clock.NowMillis, static (json, now) =>
            {
                json.WriteStartObject();
                json.WriteString("e"u8, "eventStreamTerminated"u8);
                json.WriteNumber("E"u8, now);
                json.WriteEndObject();
            }), new FrameInfo(FrameKinds.Status));
        }
    });

    public bool IsWatching(OrderBook book) => false;

    public void OnOrder(in OrderEvent e)
    {
        if (Listeners(e.Order.Account) is not null)
        {
            Send(e.Order.Account, JsonText.Render(e, static (json, report) => ExecutionReport.Write(json, report)), FrameOf(in e));
        }
    }

    public void OnOrderList(in OrderListEvent e)
    {
        if (Listeners(e.List.Account) is not null)
        {
            Send(e.List.Account, JsonText.Render(e, static (json, status) => ListStatusEvent.Write(json, status)), new FrameInfo(FrameKinds.Order, e.List.Book.Symbol));
        }
    }

    /// <summary>Tells of an order the engine refused. Inside the venue's lock.</summary>
    public void Rejected(Account account, NewOrder order, Rejection rejection)
    {
        if (Listeners(account) is not null)
        {
            var report = JsonText.Render(
                (order, OrderText.RejectReason(rejection), _venue.Clock.NowMillis),
                static (json, s) => ExecutionReport.WriteRejected(json, s.order, s.Item2, s.NowMillis));
            Send(account, report, new FrameInfo(FrameKinds.Closed, order.Symbol));
        }
    }

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
        if (Listeners(account) is not null)
        {
            Send(account, JsonText.Render((touched, timeMicros / 1000), static (json, s) => Position(json, s.touched, s.Item2)), new FrameInfo(FrameKinds.Balance));
        }
    }

    public void OnTrade(OrderBook book, in PublicTrade trade)
    {
        // Public; the market streams tell it.
    }

    public void OnLevel(OrderBook book, in LevelChange change)
    {
        // Public; the market streams tell it.
    }

    public void OnTop(OrderBook book, long timeMicros)
    {
        // Public; the market streams tell it.
    }

    public void OnStepEnd()
    {
        // Reports are sent as they happen.
    }

    public void OnTick(long nowMicros)
    {
        Gate.OnTick(nowMicros);
        OnTime?.Invoke(nowMicros);
    }

    private List<UserDataSubscription>? Listeners(Account account) =>
        _subscriptions.TryGetValue(account, out var list) && list.Count > 0 ? list : null;

    // Who listens when it goes out gets it, not who listened when it happened.
    private void Send(Account account, byte[] payload, FrameInfo info) => Gate.Send(account, () =>
    {
        foreach (var listener in Listeners(account) ?? [])
        {
            listener.Send(payload, info);
        }
    });

    private static FrameInfo FrameOf(in OrderEvent e) => new(
        e.Kind == OrderEventKind.Trade ? FrameKinds.Fill : e.Order.IsOpen || e.Order.Status == OrderStatus.Filled ? FrameKinds.Order : FrameKinds.Closed,
        e.Order.Symbol);

    private static void Position(Utf8JsonWriter json, IReadOnlyList<Balance> touched, long millis)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, "outboundAccountPosition"u8);
        json.WriteNumber("E"u8, millis);
        json.WriteNumber("u"u8, millis);
        json.WriteStartArray("B"u8);
        foreach (var balance in touched)
        {
            json.WriteStartObject();
            json.WriteString("a"u8, balance.Asset);
            json.Fixed8("f", balance.Free);
            json.Fixed8("l", balance.Locked);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
