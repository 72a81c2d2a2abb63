using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>Market streams fed by the venue's engine. State changes inside the venue's lock only.</summary>
internal sealed class MarketStreams : IVenueListener, IStreamSource
{
    private readonly SimulatedVenue _venue;
    private readonly Dictionary<string, SymbolStreams> _byLowerName = new(StringComparer.Ordinal);
    private readonly Dictionary<OrderBook, SymbolStreams> _byBook = [];
    private readonly Dictionary<(string Name, bool InMicros), TickerArrayFeed> _arrays = [];
    private SymbolStreams? _traded;

    public MarketStreams(SimulatedVenue venue)
    {
        _venue = venue;
        foreach (var market in venue.Markets)
        {
            var streams = new SymbolStreams(market);
            _byLowerName.Add(market.Symbol.ToLowerInvariant(), streams);
            _byBook.Add(market.Book, streams);
        }

        venue.AddListener(this);
    }

    public void Subscribe(StreamClient client, IReadOnlyList<string> names) => _venue.Execute(_ =>
    {
        foreach (var name in names.Where(n => !client.Names.Contains(n)))
        {
            client.Names.Add(name);
            if (Find(name, out var kind) is { } streams)
            {
                streams.Add(client, name, kind);
            }
            else
            {
                AddArray(client, name);
            }
        }
    });

    public void Unsubscribe(StreamClient client, IReadOnlyList<string> names) => _venue.Execute(_ =>
    {
        foreach (var name in names.Where(client.Names.Remove))
        {
            if (Find(name, out string _) is { } streams)
            {
                streams.Remove(client, name);
            }
            else
            {
                RemoveArray(client, name);
            }
        }
    });

    public bool IsWatching(OrderBook book) => _arrays.Count > 0 || _byBook[book].HasListeners;

    public void OnOrder(in OrderEvent e)
    {
        // Private; the user data streams tell it.
    }

    public void OnTrade(OrderBook book, in PublicTrade trade)
    {
        _traded = _byBook[book];
        _traded.OnTrade(in trade);
    }

    public void OnLevel(OrderBook book, in LevelChange change) => _byBook[book].OnLevel(in change);

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
        // Private; the user data streams tell it.
    }

    public void OnTop(OrderBook book, long timeMicros) => _byBook[book].OnTop();

    public void OnStepEnd()
    {
        _traded?.OnStepEnd();
        _traded = null;
    }

    public void OnTick(long nowMicros)
    {
        foreach (var streams in _byBook.Values)
        {
            streams.OnTick(nowMicros);
        }

        foreach (var feed in _arrays.Values)
        {
            feed.OnTick(nowMicros);
        }
    }

    private void AddArray(StreamClient client, string name)
    {
        var key = (name, client.InMicros);
        if (!_arrays.TryGetValue(key, out var feed))
        {
            feed = TickerArrayFeed.Create(new StreamChannel(name, client.InMicros), _venue.Markets, name);
            if (feed is null)
            {
                return;
            }

            _arrays.Add(key, feed);
        }

        feed.Channel.Add(client);
    }

    private void RemoveArray(StreamClient client, string name)
    {
        var key = (name, client.InMicros);
        if (_arrays.TryGetValue(key, out var feed))
        {
            feed.Channel.Remove(client);
            if (feed.Channel.IsEmpty)
            {
                _arrays.Remove(key);
            }
        }
    }

    private SymbolStreams? Find(string name, out string kind)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        kind = at < 0 ? "" : name[(at + 1)..];
        return at <= 0 ? null : _byLowerName.GetValueOrDefault(name[..at]);
    }
}
