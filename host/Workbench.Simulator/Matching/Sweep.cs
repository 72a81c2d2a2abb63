namespace Workbench.Simulator.Matching;

/// <summary>What an order would take from the book if it ran now, without touching anything.</summary>
internal readonly record struct Sweep(decimal Base, decimal Quote)
{
    public static Sweep Of(Account account, OrderBook book, NewOrder request)
    {
        var opposite = book[request.Side.Opposite()];
        var taken = default(Sweep);
        for (var rank = 0; rank < opposite.Count; rank++)
        {
            var level = opposite[rank];
            if (request.Type == OrderType.Limit && !opposite.IsReachable(level.Price, request.Price))
            {
                break;
            }

            var wanted = Sizing.Wanted(book, request.Quantity - taken.Base, request.QuoteQuantity, taken.Quote, level.Price);
            if (wanted <= 0)
            {
                break;
            }

            var quantity = Math.Min(wanted, Available(account, level, request.SelfTradePrevention, out var stop));
            taken = new Sweep(taken.Base + quantity, taken.Quote + (quantity * level.Price));
            if (stop)
            {
                break;
            }
        }

        return taken;
    }

    private static decimal Available(Account account, PriceLevel level, SelfTradePrevention mode, out bool stop)
    {
        stop = false;
        if (account.IsHouse || mode == SelfTradePrevention.None)
        {
            return level.Quantity;
        }

        var available = 0m;
        for (var order = level.First; order is not null; order = order.Next)
        {
            if (!ReferenceEquals(order.Account, account))
            {
                available += order.Remaining;
            }
            else if (mode != SelfTradePrevention.ExpireMaker)
            {
                stop = true;
                return available;
            }
        }

        return available;
    }
}

/// <summary>How much a taker still wants at a price; one rule for orders sized in base and in quote.</summary>
internal static class Sizing
{
    public static decimal Wanted(OrderBook book, decimal remaining, decimal quoteQuantity, decimal quoteDone, decimal price) =>
        quoteQuantity > 0 ? book.Instrument.FloorToStep((quoteQuantity - quoteDone) / price) : remaining;
}
