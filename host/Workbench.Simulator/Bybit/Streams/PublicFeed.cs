using System.Globalization;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>Makes a topic of a market that only its category has, or that it shapes differently; null leaves it to the feed.</summary>
internal delegate PublicTopic? OwnTopic(string name, ReadOnlySpan<string> parts, Market market, long nowMicros);

/// <summary>All public topics that someone listens to, and the recent trades with their sequence. State belongs to the venue's lock.</summary>
internal sealed class PublicFeed(SimulatedVenue venue, OwnTopic? own = null) : IVenueListener
{
    private const int RecentTrades = 1000;
    private readonly Dictionary<string, PublicTopic> _topics = [];
    private readonly Dictionary<string, List<PublicTopic>> _bySymbol = [];
    private readonly Dictionary<string, Ring<long>> _sequences = [];
    private readonly HashSet<string> _traded = [];

    public BookNumbers Numbers { get; } = new();

    /// <summary>Whether a topic of that name could exist.</summary>
    public bool IsTopic(string name) => Find(name) is not null;

    /// <summary>To be called inside the venue's lock, so that the snapshot and the following deltas fit.</summary>
    public void Subscribe(string name, BybitSocket socket)
    {
        var now = venue.Clock.NowMicros;
        if (!_topics.TryGetValue(name, out var topic))
        {
            var (market, create) = Find(name)!.Value;
            market.Look();
            _topics[name] = topic = create(now);
            TopicsOf(market.Symbol).Add(topic);
        }

        topic.Add(socket, now);
    }

    public void Unsubscribe(string name, BybitSocket socket)
    {
        if (_topics.TryGetValue(name, out var topic))
        {
            topic.Remove(socket);
            if (topic.IsEmpty)
            {
                _topics.Remove(name);
                foreach (var list in _bySymbol.Values)
                {
                    list.Remove(topic);
                }
            }
        }
    }

    /// <summary>The topic of that name if someone listens to it.</summary>
    public PublicTopic? Topic(string name) => _topics.GetValueOrDefault(name);

    /// <summary>The newest trades of a symbol, newest first.</summary>
    public List<TradeMark> Trades(Market market, int count)
    {
        var trades = market.Trades.TakeNewest(Math.Min(count, RecentTrades));
        var sequences = SequencesOf(market.Symbol).TakeNewest(trades.Count);

        // Trades from before the feed listened have no number of their own.
        var unknown = trades.Count - sequences.Count;
        var marks = trades.Select((trade, i) => new TradeMark(trade, i < unknown ? market.Book.UpdateId : sequences[i - unknown])).ToList();
        marks.Reverse();
        return marks;
    }

    /// <summary>The service began anew: books count from 1, and who listens to one gets a snapshot.</summary>
    public void Restart()
    {
        foreach (var market in venue.Markets)
        {
            Numbers.Restart(market);
        }

        foreach (var topic in _topics.Values)
        {
            topic.OnRestart(venue.Clock.NowMicros);
        }
    }

    public bool IsWatching(OrderBook book) => TopicsOf(book.Symbol).Count > 0;

    public void OnTrade(OrderBook book, in PublicTrade trade)
    {
        var sequence = Ledgers.SequenceOfTrade(book);
        SequencesOf(book.Symbol).Add(sequence);
        foreach (var topic in TopicsOf(book.Symbol))
        {
            topic.OnTrade(in trade, sequence);
            _traded.Add(book.Symbol);
        }
    }

    public void OnStepEnd()
    {
        foreach (var symbol in _traded)
        {
            foreach (var topic in TopicsOf(symbol))
            {
                topic.OnStepEnd();
            }
        }

        _traded.Clear();
    }

    public void OnTick(long nowMicros)
    {
        foreach (var topic in _topics.Values)
        {
            topic.OnTick(nowMicros);
        }
    }

    public void OnOrder(in OrderEvent e)
    {
    }

    public void OnLevel(OrderBook book, in LevelChange change)
    {
    }

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
    }

    public void OnTop(OrderBook book, long timeMicros)
    {
    }

    private Ring<long> SequencesOf(string symbol)
    {
        if (!_sequences.TryGetValue(symbol, out var ring))
        {
            ring = _sequences[symbol] = new Ring<long>(RecentTrades);
        }

        return ring;
    }

    private List<PublicTopic> TopicsOf(string symbol)
    {
        if (!_bySymbol.TryGetValue(symbol, out var topics))
        {
            topics = _bySymbol[symbol] = [];
        }

        return topics;
    }

    private (Market Market, Func<long, PublicTopic> Create)? Find(string name)
    {
        var parts = name.Split('.');
        if (parts.Length < 2 || venue.Market(parts[^1]) is not { } market)
        {
            return null;
        }

        // Making one shows whether there is one; an unused topic costs nothing.
        if (own?.Invoke(name, parts, market, venue.Clock.NowMicros) is not null)
        {
            return (market, now => own(name, parts, market, now)!);
        }

        return (parts[0], parts.Length) switch
        {
            ("publicTrade", 2) => (market, _ => new TradeTopic(name, market)),
            ("tickers", 2) => (market, _ => new TickerTopic(name, market)),
            ("priceLimit", 2) => (market, _ => new PriceLimitTopic(name, market)),
            ("orderbook", 3) when parts[1] == "full" && own is null => (market, _ => new FullBookTopic(name, market, Numbers)),
            ("orderbook", 3) => Book(name, market, parts[1]),
            ("kline", 3) when Intervals.Parse(parts[1]) is { } interval =>
                (market, now => new CandleTopic(name, market, parts[1], interval, now)),
            _ => null,
        };
    }

    private (Market Market, Func<long, PublicTopic> Create)? Book(string name, Market market, string depth)
    {
        int? periodMillis = depth switch { "50" => 20, "200" => 100, "1000" => 200, _ => null };
        if (periodMillis is { } millis)
        {
            var levels = int.Parse(depth, CultureInfo.InvariantCulture);
            return (market, now => new BookTopic(name, market, Numbers, levels, TimeSpan.FromMilliseconds(millis), now));
        }

        return depth == "1" ? (market, now => new BestTopic(name, market, Numbers, now)) : null;
    }
}
