using System.Text.Json;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>All streams of one symbol. A stream costs nothing until someone listens.</summary>
internal sealed class SymbolStreams(Market market)
{
    private readonly Dictionary<(string Name, bool InMicros), StreamChannel> _channels = [];
    private readonly List<StreamChannel> _trades = [];
    private readonly List<StreamChannel> _aggregates = [];
    private readonly List<StreamChannel> _tops = [];
    private readonly List<DepthDiffFeed> _diffs = [];
    private readonly List<IStreamFeed> _feeds = [];
    private AggregateTrade _pending;
    private bool _hasPending;

    public bool HasListeners => _channels.Count > 0;

    /// <summary>Adds a listener; <paramref name="name"/> is the whole stream name, <paramref name="kind"/> what follows the symbol.</summary>
    public void Add(StreamClient client, string name, string kind)
    {
        market.Look();
        var key = (name, client.InMicros);
        if (!_channels.TryGetValue(key, out var channel))
        {
            channel = new StreamChannel(name, client.InMicros);
            if (!Open(channel, kind))
            {
                return;
            }

            _channels.Add(key, channel);
        }

        channel.Add(client);
    }

    public void Remove(StreamClient client, string name)
    {
        var key = (name, client.InMicros);
        if (!_channels.TryGetValue(key, out var channel))
        {
            return;
        }

        channel.Remove(client);
        if (channel.IsEmpty)
        {
            _channels.Remove(key);
            Close(channel);
        }
    }

    public void OnTrade(in PublicTrade trade)
    {
        foreach (var channel in _trades)
        {
            channel.Publish(JsonText.Render((trade, channel), static (json, s) => Trade(json, s.trade, s.channel)));
        }

        if (_aggregates.Count == 0)
        {
            return;
        }

        var newest = market.Aggregates.Newest;
        if (_hasPending && _pending.Id != newest.Id)
        {
            PublishPending();
        }

        _pending = newest;
        _hasPending = true;
    }

    public void OnLevel(in LevelChange change)
    {
        foreach (var diff in _diffs)
        {
            diff.OnLevel(in change);
        }
    }

    public void OnTop()
    {
        if (_tops.Count == 0)
        {
            return;
        }

        // It tells no time, so it is the same in any unit.
        var top = JsonText.Render(market.Book, static (json, book) => Top(json, book));
        _tops.ForEach(channel => channel.Publish(top));
    }

    public void OnStepEnd()
    {
        if (_hasPending)
        {
            PublishPending();
        }
    }

    public void OnTick(long nowMicros)
    {
        foreach (var feed in _feeds)
        {
            feed.OnTick(nowMicros);
        }
    }

    private bool Open(StreamChannel channel, string kind)
    {
        switch (kind)
        {
            case "trade":
                _trades.Add(channel);
                return true;
            case "aggTrade":
                _aggregates.Add(channel);
                return true;
            case "bookTicker":
                _tops.Add(channel);
                return true;
            default:
                var feed = FeedFactory.Create(channel, market, kind);
                if (feed is null)
                {
                    return false;
                }

                _feeds.Add(feed);
                if (feed is DepthDiffFeed diff)
                {
                    _diffs.Add(diff);
                }

                return true;
        }
    }

    private void Close(StreamChannel channel)
    {
        _trades.Remove(channel);
        _aggregates.Remove(channel);
        _tops.Remove(channel);
        _feeds.RemoveAll(f => ReferenceEquals(f.Channel, channel));
        _diffs.RemoveAll(f => ReferenceEquals(f.Channel, channel));
    }

    private void PublishPending()
    {
        _hasPending = false;
        foreach (var channel in _aggregates)
        {
            channel.Publish(JsonText.Render((market.Symbol, Trade: _pending, channel), static (json, s) =>
            {
                var time = s.channel.Time(s.Trade.TimeMicros);
                json.WriteStartObject();
                json.WriteString("e"u8, "aggTrade"u8);
                json.WriteNumber("E"u8, time);
                json.WriteString("s"u8, s.Symbol);
                MarketEndpoints.AggregateTradeFields(json, s.Trade, time);
                json.WriteEndObject();
            }));
        }
    }

    private static void Trade(Utf8JsonWriter json, PublicTrade trade, StreamChannel channel)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, "trade"u8);
        json.WriteNumber("E"u8, channel.Time(trade.TimeMicros));
        json.WriteString("s"u8, trade.Symbol);
        json.WriteNumber("t"u8, trade.Id);
        json.Fixed8("p", trade.Price);
        json.Fixed8("q", trade.Quantity);
        json.WriteNumber("T"u8, channel.Time(trade.TimeMicros));
        json.WriteBoolean("m"u8, trade.BuyerIsMaker);
        json.WriteBoolean("M"u8, true);
        json.WriteEndObject();
    }

    // No "e" and no "E": clients recognise this event by what it lacks.
    private static void Top(Utf8JsonWriter json, OrderBook book)
    {
        var top = book.Top;
        json.WriteStartObject();
        json.WriteNumber("u"u8, book.UpdateId);
        json.WriteString("s"u8, book.Symbol);
        json.Fixed8("b", top.BidPrice);
        json.Fixed8("B", top.BidQuantity);
        json.Fixed8("a", top.AskPrice);
        json.Fixed8("A", top.AskQuantity);
        json.WriteEndObject();
    }
}
