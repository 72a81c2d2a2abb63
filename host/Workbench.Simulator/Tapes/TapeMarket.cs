using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tapes;

/// <summary>One symbol of a tape inside the matching engine: what the tape shows stands there as orders of the house, and clients trade with it.</summary>
/// <remarks>
/// <para>Queue position. A client's order joins the end of the queue at its price: everything that the tape shows there at
/// that moment is ahead of it. What the tape adds later stands behind it. A recorded trade at the price takes from the front,
/// first what is ahead, then the client, and never fills more of clients than its own quantity. A level that shrinks without a
/// trade shrinks from the back, so a cancel is believed to be behind the client as long as there is anything behind it; only
/// what is shown no more cannot be ahead any more. When the level shrinks a moment before the trade that explains it is
/// printed, that trade does not move the queue a second time. All of this errs against the client, never for it.</para>
/// <para>Through the price. A recorded trade beyond a client's limit fills it at its own limit, up to the quantity of the
/// trade. A recorded quote that crosses a client's limit trades with it too, up to the quantity of the quote; a quote that
/// was only made up around recorded trades does not.</para>
/// <para>Impact. A client that takes, takes recorded quantity at recorded prices, level by level. What it took stays gone
/// until the tape reports another quantity for that level. Nothing else of the tape reacts to it.</para>
/// <para>Prints. The public trade of a recorded one is made smaller by what clients took part in; their part is a trade of
/// its own. Together they are what was recorded.</para>
/// </remarks>
internal sealed class TapeMarket(OrderBook book, HouseAccounts house, bool quotesMayFill)
{
    // Streams are not in step with each other; within this time a trade may explain a level that shrank before it.
    private const long ExplainsForMicros = 1_000_000;
    private readonly HouseQuotes _quotes = new(book, house.Maker) { MayTake = quotesMayFill };
    private readonly Dictionary<decimal, TapeLevel> _bids = [];
    private readonly Dictionary<decimal, TapeLevel> _asks = [];

    public OrderBook Book => book;

    /// <summary>The quantity of the tape that can still be taken at a price.</summary>
    public decimal Shown(Side side, decimal price) => _quotes.Quantity(side, price);

    /// <summary>Prices at which something of the tape stands, unordered.</summary>
    public List<decimal> Prices(Side side) => [.. _quotes.Prices(side)];

    /// <summary>The tape reports what stands at a price.</summary>
    public void Show(MatchingEngine engine, Side side, decimal price, decimal quantity)
    {
        var level = Level(side, price);
        if (level.Recorded == quantity)
        {
            return;
        }

        level.Recorded = quantity;
        if (quantity > 0)
        {
            Contradict(engine, side.Opposite(), price, orEqual: true);
        }

        var ahead = _quotes.AheadOfClients(side, price);
        _quotes.Set(engine, side, price, quantity);
        level.Shrank(ahead - _quotes.AheadOfClients(side, price), engine.NowMicros);
        Forget(side, price, level);
    }

    /// <summary>The tape reports a whole side: what it leaves out stands there no more.</summary>
    public void ShowOnly(MatchingEngine engine, Side side, IReadOnlyDictionary<decimal, decimal> levels)
    {
        foreach (var price in Prices(side).Where(p => !levels.ContainsKey(p)))
        {
            Show(engine, side, price, 0);
        }

        foreach (var (price, quantity) in levels)
        {
            Show(engine, side, price, quantity);
        }
    }

    /// <summary>The tape reports a trade.</summary>
    /// <param name="engine">The venue's engine.</param>
    /// <param name="trade">Price, quantity and the aggressor's side.</param>
    /// <param name="id">Its recorded id; null numbers it as the next one.</param>
    public void Trade(MatchingEngine engine, TapeTrade trade, long? id = null)
    {
        var makers = trade.TakerSide.Opposite();
        Contradict(engine, makers, trade.Price, orEqual: false);
        Contradict(engine, trade.TakerSide, trade.Price, orEqual: false);
        if (!HasClients(makers, trade.Price) && !HasClients(trade.TakerSide, trade.Price))
        {
            // Nobody's queue to keep: printed at the touch first, then gone from it, as at a venue.
            Print(engine, trade, trade.Quantity, id);
            Consume(engine, makers, trade.Price, trade.Quantity);
            return;
        }

        var left = trade.Quantity;
        left -= FillThrough(engine, makers, trade.Price, left);
        left -= FillThrough(engine, trade.TakerSide, trade.Price, left);
        left -= Consume(engine, makers, trade.Price, left);
        Print(engine, trade, left, id);
    }

    private void Print(MatchingEngine engine, TapeTrade trade, decimal quantity, long? id)
    {
        if (quantity > 0)
        {
            var tradeId = id ?? ++book.LastTradeId;
            engine.Print(book, new PublicTrade(book.Symbol, tradeId, trade.Price, quantity, trade.TakerSide, -tradeId, engine.NowMicros), firesTriggers: true);
        }
    }

    // At the price or better: wherever a trade at the price could find them.
    private bool HasClients(Side side, decimal price)
    {
        var ladder = book[side];
        for (var rank = 0; rank < ladder.Count && ladder.IsReachable(ladder[rank].Price, price); rank++)
        {
            for (var order = ladder[rank].First; order is not null; order = order.Next)
            {
                if (!order.Account.IsHouse)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Takes what the tape shows on a side and what cannot be there if something happened at a price.
    private void Contradict(MatchingEngine engine, Side side, decimal price, bool orEqual)
    {
        var ladder = book[side];
        List<decimal>? wrong = null;
        for (var rank = 0; rank < ladder.Count; rank++)
        {
            var standing = ladder[rank].Price;
            if (!ladder.IsReachable(standing, price) || (standing == price && !orEqual))
            {
                break;
            }

            (wrong ??= []).Add(standing);
        }

        foreach (var standing in wrong ?? [])
        {
            if (_quotes.Quantity(side, standing) > 0)
            {
                _quotes.Set(engine, side, standing, 0);
                Level(side, standing).Recorded = TapeLevel.Unknown;
            }
        }
    }

    // Clients' orders better than the price; nothing of the tape stands there any more.
    private decimal FillThrough(MatchingEngine engine, Side side, decimal price, decimal quantity)
    {
        var filled = 0m;
        var ladder = book[side];
        while (filled < quantity && ladder.BestTradable is { } best && best.Price != price && ladder.IsReachable(best.Price, price))
        {
            var taken = Take(engine, side.Opposite(), best.Price, Math.Min(best.Tradable, quantity - filled));
            filled += taken;
            if (taken == 0)
            {
                break;
            }
        }

        return filled;
    }

    // The queue at the price: what the tape showed ahead is used up, clients are filled. Returns what clients were filled of it.
    private decimal Consume(MatchingEngine engine, Side side, decimal price, decimal quantity)
    {
        var recorded = Level(side, price);
        var left = quantity - recorded.Explain(quantity, engine.NowMicros);
        recorded.Traded(quantity);
        var filled = 0m;
        while (left > 0 && book[side].Find(price)?.First is { } first)
        {
            if (first.Account.IsHouse)
            {
                left -= _quotes.TakeFront(engine, side, price, left);
                continue;
            }

            var taken = Take(engine, side.Opposite(), price, Math.Min(first.Visible, left));
            filled += taken;
            left -= taken;
            if (taken == 0)
            {
                break;
            }
        }

        Forget(side, price, recorded);
        return filled;
    }

    private decimal Take(MatchingEngine engine, Side side, decimal price, decimal quantity) =>
        engine.Place(house.Taker, new NewOrder
        {
            Symbol = book.Symbol, Side = side, Type = OrderType.Limit, TimeInForce = TimeInForce.Ioc, Price = price, Quantity = quantity,
        }).Order?.Executed ?? 0;

    private TapeLevel Level(Side side, decimal price)
    {
        var levels = side == Side.Buy ? _bids : _asks;
        if (!levels.TryGetValue(price, out var level))
        {
            level = levels[price] = new TapeLevel();
        }

        return level;
    }

    private void Forget(Side side, decimal price, TapeLevel level)
    {
        if (level.Recorded == 0 && !level.HasUnexplained && _quotes.Quantity(side, price) == 0)
        {
            (side == Side.Buy ? _bids : _asks).Remove(price);
        }
    }

    /// <summary>What the tape last said about one price.</summary>
    private sealed class TapeLevel
    {
        public const decimal Unknown = -1;
        private decimal _unexplained;
        private long _untilMicros;

        /// <summary>The reported quantity, less the trades since; <see cref="Unknown"/> when the next report counts whatever it says.</summary>
        public decimal Recorded { get; set; }

        public bool HasUnexplained => _unexplained > 0;

        /// <summary>Something ahead of clients went without a trade.</summary>
        public void Shrank(decimal quantity, long nowMicros)
        {
            if (quantity > 0)
            {
                _unexplained = (nowMicros > _untilMicros ? 0 : _unexplained) + quantity;
                _untilMicros = nowMicros + ExplainsForMicros;
            }
        }

        /// <summary>How much of a trade is already gone from the level.</summary>
        public decimal Explain(decimal quantity, long nowMicros)
        {
            var explained = nowMicros > _untilMicros ? 0 : Math.Min(quantity, _unexplained);
            _unexplained = nowMicros > _untilMicros ? 0 : _unexplained - explained;
            return explained;
        }

        public void Traded(decimal quantity)
        {
            if (Recorded > 0)
            {
                Recorded = Math.Max(0, Recorded - quantity);
            }
        }
    }
}
