using System.Text.Json;
using Workbench.Simulator.Binance.UserData;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>Listen keys as stream names, beside the market streams: the account's events, wrapped like any other stream's or not at all.</summary>
internal sealed class ListenKeyStreams : IStreamSource
{
    private readonly IStreamSource _market;
    private readonly ListenKeys _keys;
    private readonly UserDataHub _hub;
    private readonly Lock _lock = new();
    private readonly List<(StreamClient Client, string Key, UserDataSubscription Subscription)> _open = [];

    public ListenKeyStreams(IStreamSource market, ListenKeys keys, UserDataHub hub)
    {
        (_market, _keys, _hub) = (market, keys, hub);
        keys.OnRemoved = key => End(key, null);
        hub.OnTime += nowMicros => _keys.TakeExpired(nowMicros).ForEach(key => End(key, nowMicros / 1000));
    }

    public bool Knows(string name) => _keys.AccountOf(name) is not null;

    public void Subscribe(StreamClient client, IReadOnlyList<string> names)
    {
        foreach (var name in names.Where(n => !client.Names.Contains(n)))
        {
            if (_keys.AccountOf(name) is not { } account)
            {
                _market.Subscribe(client, [name]);
                continue;
            }

            client.Names.Add(name);
            var subscription = new UserDataSubscription(
                0, account, isOfSession: false, client.Outbox, payload => client.Combined ? StreamChannel.Wrap(name, payload) : payload);
            lock (_lock)
            {
                _open.Add((client, name, subscription));
            }

            _hub.Add(subscription);
        }
    }

    public void Unsubscribe(StreamClient client, IReadOnlyList<string> names)
    {
        foreach (var (_, key, subscription) in Take(o => ReferenceEquals(o.Client, client) && names.Contains(o.Key)))
        {
            client.Names.Remove(key);
            _hub.Remove(subscription, says: false);
        }

        _market.Unsubscribe(client, names);
    }

    // A key that ran out is told so, one that was given up is not.
    private void End(string key, long? expiredMillis)
    {
        foreach (var (client, _, subscription) in Take(o => o.Key == key))
        {
            if (expiredMillis is { } millis)
            {
                subscription.Send(JsonText.Render((key, millis), static (json, s) => Write(json, s.key, s.millis)), new FrameInfo(FrameKinds.Status));
            }

            client.Names.Remove(key);
            _hub.Remove(subscription, says: false);
        }
    }

    private List<(StreamClient Client, string Key, UserDataSubscription Subscription)> Take(
        Predicate<(StreamClient Client, string Key, UserDataSubscription Subscription)> matches)
    {
        lock (_lock)
        {
            var found = _open.FindAll(matches);
            _open.RemoveAll(matches);
            return found;
        }
    }

    private static void Write(Utf8JsonWriter json, string key, long nowMillis)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, "listenKeyExpired"u8);
        json.WriteNumber("E"u8, nowMillis);
        json.WriteString("listenKey"u8, key);
        json.WriteEndObject();
    }
}
