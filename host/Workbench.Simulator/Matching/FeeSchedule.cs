namespace Workbench.Simulator.Matching;

/// <summary>Who pays which rate, and in which asset. Every fee goes to the fee account, every rebate comes from it.</summary>
internal sealed class FeeSchedule(Account collector)
{
    private const int FeeDecimals = 8;

    /// <summary>A rebate is paid in the asset that was given away instead of the one that was received (Bybit).</summary>
    public bool RebatesInSpentAsset { get; set; }

    /// <summary>Rates that hold for an account on a symbol.</summary>
    public FeeRates Rates(Account account, string symbol) => account.FeeRates(symbol);

    public Fee Charge(Order order, decimal price, decimal quantity, bool isMaker, EngineStep step)
    {
        var buys = order.Side == Side.Buy;
        var rates = Rates(order.Account, order.Symbol);
        var rate = isMaker ? rates.Maker : rates.Taker;
        var inBase = buys != (rate < 0 && RebatesInSpentAsset);
        var asset = inBase ? order.Book.Base : order.Book.Quote;
        var fee = decimal.Round((inBase ? quantity : price * quantity) * rate, FeeDecimals, MidpointRounding.ToZero);
        if (fee != 0)
        {
            var balance = order.Account.Balance(asset);
            balance.Change(-fee, 0);
            collector.Balance(asset).Change(fee, 0);
            step.Touch(order.Account, balance);
        }

        return new Fee(fee, asset, rate);
    }
}

/// <summary>Fee rates as fractions of the traded amount; a negative one is a rebate.</summary>
internal readonly record struct FeeRates(decimal Maker, decimal Taker);
