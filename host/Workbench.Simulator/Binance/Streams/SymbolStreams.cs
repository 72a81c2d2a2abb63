using System.Text.Json;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>All streams of one symbol. A stream costs nothing until someone listens.</summary>
internal sealed class SymbolStreams(Market market)
{
    private readonly Dictionary<string, StreamChannel> _channels = new(StringComparer.Ordinal);
    private readonly List<DepthDiffFeed> _diffs = [];
    private readonly List<IStreamFeed> _feeds = [];
    private StreamChannel? _trades;
    private StreamChannel? _aggregates;
    private StreamChannel? _tops;
    private AggregateTrade _pending;
    private bool _hasPending;

    public bool HasListeners => _channels.Count > 0;

    /// <summary>Adds a listener; <paramref name="name"/> is the whole stream name, <paramref name="kind"/> what follows the symbol.</summary>
    public void Add(StreamClient client, string name, string kind)
    {
        market.Look();
        if (!_channels.TryGetValue(name, out var channel))
        {
            channel = new StreamChannel(name);
            if (!Open(channel, kind))
            {
                return;
            }

            _channels.Add(name, channel);
        }

        channel.Add(client);
    }

    public void Remove(StreamClient client, string name)
    {
        if (!_channels.TryGetValue(name, out var channel))
        {
            return;
        }

        channel.Remove(client);
        if (channel.IsEmpty)
        {
            _channels.Remove(name);
            Close(channel);
        }
    }

    public void OnTrade(in PublicTrade trade)
    {
        _trades?.Publish(JsonText.Render(trade, static (json, t) => Trade(json, t)));
        if (_aggregates is null)
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

    public void OnTop() => _tops?.Publish(JsonText.Render(market.Book, static (json, book) => Top(json, book)));

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
                _trades = channel;
                return true;
            case "aggTrade":
                _aggregates = channel;
                return true;
            case "bookTicker":
                _tops = channel;
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
        _trades = ReferenceEquals(_trades, channel) ? null : _trades;
        _aggregates = ReferenceEquals(_aggregates, channel) ? null : _aggregates;
        _tops = ReferenceEquals(_tops, channel) ? null : _tops;
        _feeds.RemoveAll(f => ReferenceEquals(f.Channel, channel));
        _diffs.RemoveAll(f => ReferenceEquals(f.Channel, channel));
    }

    private void PublishPending()
    {
        _hasPending = false;
        _aggregates?.Publish(JsonText.Render((market.Symbol, Trade: _pending), static (json, s) =>
        {
            json.WriteStartObject();
            json.WriteString("e"u8, "aggTrade"u8);
            json.WriteNumber("E"u8, s.Trade.TimeMicros / 1000);
            json.WriteString("s"u8, s.Symbol);
            MarketEndpoints.AggregateTradeFields(json, s.Trade, s.Trade.TimeMicros / 1000);
            json.WriteEndObject();
        }));
    }

    private static void Trade(Utf8JsonWriter json, PublicTrade trade)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, "trade"u8);
        json.WriteNumber("E"u8, trade.TimeMicros / 1000);
        json.WriteString("s"u8, trade.Symbol);
        json.WriteNumber("t"u8, trade.Id);
        json.Fixed8("p", trade.Price);
        json.Fixed8("q", trade.Quantity);
        json.WriteNumber("T"u8, trade.TimeMicros / 1000);
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
