namespace Workbench.Simulator.Matching;

/// <summary>What decides how much an order would take.</summary>
internal readonly record struct SweepTerms(
    Account Account, OrderBook Book, Side Side, decimal Limit, decimal Quantity, decimal QuoteQuantity, SelfTradePrevention Mode)
{
    public static SweepTerms Of(Account account, OrderBook book, NewOrder request) => new(
        account, book, request.Side, TakingLimit(request.Side, request.Type, request.Price, request.PriceBound),
        request.Quantity, request.QuoteQuantity, request.SelfTradePrevention);

    public static SweepTerms Of(Order order) => new(
        order.Account, order.Book, order.Side, TakingLimit(order.Side, order.Type, order.Price, order.PriceBound),
        order.IsQuoteSized ? 0 : order.Remaining, order.QuoteQuantity, order.SelfTradePrevention);

    /// <summary>The worst price an order takes at, 0 for any.</summary>
    public static decimal TakingLimit(Side side, OrderType type, decimal price, decimal bound)
    {
        var own = type == OrderType.Limit ? price : 0;
        if (own == 0 || bound == 0)
        {
            return own + bound;
        }

        return side == Side.Buy ? Math.Min(own, bound) : Math.Max(own, bound);
    }
}

/// <summary>What an order would take from the book if it ran now, without touching anything.</summary>
internal readonly record struct Sweep(decimal Base, decimal Quote)
{
    /// <summary>What it takes at most: orders it may not trade with are passed over.</summary>
    public static Sweep AtMost(in SweepTerms terms) => Walk(in terms, stopsAtOwn: false);

    /// <summary>What it takes before self-trade prevention touches it.</summary>
    public static Sweep Undisturbed(in SweepTerms terms) =>
        Walk(in terms, stopsAtOwn: terms.Mode is not (SelfTradePrevention.None or SelfTradePrevention.ExpireMaker));

    private static Sweep Walk(in SweepTerms terms, bool stopsAtOwn)
    {
        var opposite = terms.Book[terms.Side.Opposite()];
        var taken = default(Sweep);
        var stop = false;
        for (var rank = 0; rank < opposite.Count && !stop; rank++)
        {
            var level = opposite[rank];
            if (terms.Limit > 0 && !opposite.IsReachable(level.Price, terms.Limit))
            {
                break;
            }

            if (level.Count == 0)
            {
                continue;
            }

            var wanted = Sizing.Wanted(terms.Book, terms.Quantity - taken.Base, terms.QuoteQuantity, taken.Quote, level.Price);
            if (wanted <= 0)
            {
                break;
            }

            var quantity = Math.Min(wanted, Available(in terms, level, stopsAtOwn, out stop));
            taken = new Sweep(taken.Base + quantity, taken.Quote + (quantity * level.Price));
        }

        return taken;
    }

    private static decimal Available(in SweepTerms terms, PriceLevel level, bool stopsAtOwn, out bool stop)
    {
        stop = false;
        if (terms.Account.IsHouse || terms.Mode == SelfTradePrevention.None)
        {
            return level.Tradable;
        }

        var all = 0m;
        var visible = 0m;
        for (var order = level.First; order is not null; order = order.Next)
        {
            if (!terms.Account.IsSelf(order.Account))
            {
                all += order.Remaining;
                visible += order.Visible;
            }
            else if (stopsAtOwn)
            {
                // What an iceberg refills comes behind the own order.
                stop = true;
                return visible;
            }
        }

        return all;
    }
}

/// <summary>How much a taker still wants at a price; one rule for orders sized in base and in quote.</summary>
internal static class Sizing
{
    public static decimal Wanted(Order taker, decimal price, decimal moreQuoteDone = 0) => Wanted(
        taker.Book, taker.Remaining, taker.QuoteQuantity, taker.ExecutedQuote + taker.PreventedQuote + moreQuoteDone, price);

    public static decimal Wanted(OrderBook book, decimal remaining, decimal quoteQuantity, decimal quoteDone, decimal price) =>
        quoteQuantity > 0 ? book.Instrument.FloorToStep((quoteQuantity - quoteDone) / price) : remaining;
}
