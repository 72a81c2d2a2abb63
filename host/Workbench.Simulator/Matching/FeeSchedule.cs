namespace Workbench.Simulator.Matching;

/// <summary>Fee rates as fractions of the traded amount; a negative one is a rebate.</summary>
internal readonly record struct FeeRates(decimal Maker, decimal Taker)
{
    public decimal Of(bool isMaker) => isMaker ? Maker : Taker;
}

/// <summary>The rates from a 30-day quote volume on.</summary>
internal sealed record FeeTier(decimal FromVolume, FeeRates Rates);

/// <summary>Fees are paid in <paramref name="Asset"/> and are smaller by the fraction <paramref name="Off"/>.</summary>
internal sealed record FeeDiscount(string Asset, decimal Off);

/// <summary>Who pays which rate, and in which asset. Every fee goes to the fee account, every rebate comes from it.</summary>
internal sealed class FeeSchedule(Account collector, Func<string, string, OrderBook?> find)
{
    private const int FeeDecimals = 8;

    /// <summary>By rising volume; for the accounts that follow them.</summary>
    public IReadOnlyList<FeeTier> Tiers { get; set; } = [];

    /// <summary>A rebate comes in the asset that was spent (Bybit) and not in the one that was received.</summary>
    public bool RebatesInSpentAsset { get; set; }

    /// <summary>Rates that hold for an account on a symbol: its own there, else its tier's, else its own everywhere.</summary>
    public FeeRates Rates(Account account, string symbol, long nowMicros) =>
        account.OwnFeeRates(symbol) ?? (account.FollowsFeeTiers ? TierOf(account, nowMicros)?.Rates : null)
        ?? new FeeRates(account.MakerRate, account.TakerRate);

    /// <summary>Null when the account is below the first tier.</summary>
    public FeeTier? TierOf(Account account, long nowMicros)
    {
        var volume = account.Volume.Before(nowMicros);
        return Tiers.LastOrDefault(tier => tier.FromVolume <= volume);
    }

    /// <summary>Takes the fee of one fill from what the fill brought, or pays the rebate.</summary>
    public Fee Charge(Order order, decimal price, decimal quantity, bool isMaker, EngineStep step, long nowMicros)
    {
        var rate = Rates(order.Account, order.Symbol, nowMicros).Of(isMaker);
        if (rate > 0 && order.Account.FeeDiscount is { } discount && Discounted(order, discount, price, quantity, rate) is { } cheaper)
        {
            return Move(order, cheaper, step);
        }

        // Received, unless a rebate is paid the other way round.
        var inBase = order.Side == Side.Buy ^ (rate < 0 && RebatesInSpentAsset);
        var amount = decimal.Round((inBase ? quantity : price * quantity) * rate, FeeDecimals, MidpointRounding.ToZero);
        return Move(order, new Fee(amount, inBase ? order.Book.Base : order.Book.Quote, rate), step);
    }

    // Null when there is no price for the asset or not enough of it. What a market order spends is not to be had for fees:
    // nothing is locked for it, and its next fill needs it.
    private Fee? Discounted(Order order, FeeDiscount discount, decimal price, decimal quantity, decimal rate)
    {
        if (order.Type == OrderType.Market && discount.Asset == (order.Side == Side.Buy ? order.Book.Quote : order.Book.Base))
        {
            return null;
        }

        var worth = PriceOf(discount.Asset, order.Book, price);
        if (worth <= 0)
        {
            return null;
        }

        var amount = decimal.Round(price * quantity * rate * (1 - discount.Off) / worth, FeeDecimals, MidpointRounding.ToZero);
        return amount <= order.Account.Balance(discount.Asset).Available ? new Fee(amount, discount.Asset, rate) : null;
    }

    // In the quote asset of the book; 0 when unknown.
    private decimal PriceOf(string asset, OrderBook book, decimal price)
    {
        if (asset == book.Quote)
        {
            return 1;
        }

        if (asset == book.Base)
        {
            return price;
        }

        return find(asset, book.Quote) is not { } other ? 0 : other.LastPrice > 0 ? other.LastPrice : other.Instrument.ReferencePrice;
    }

    private Fee Move(Order order, Fee fee, EngineStep step)
    {
        if (fee.Amount != 0)
        {
            var balance = order.Account.Balance(fee.Asset);
            balance.Change(-fee.Amount, 0);
            collector.Balance(fee.Asset).Change(fee.Amount, 0);
            step.Touch(order.Account, balance);
        }

        return fee;
    }
}
