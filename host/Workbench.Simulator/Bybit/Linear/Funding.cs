using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>A settled funding rate.</summary>
internal readonly record struct FundingRate(string Symbol, decimal Rate, long TimeMicros);

/// <summary>The rates that were settled, oldest first.</summary>
internal sealed class FundingBook
{
    private const int Capacity = 1000;
    private readonly List<FundingRate> _rates = [];

    public IReadOnlyList<FundingRate> Rates => _rates;

    public void Add(FundingRate rate)
    {
        _rates.Add(rate);
        if (_rates.Count > Capacity)
        {
            _rates.RemoveAt(0);
        }
    }
}

/// <summary>
/// Settles funding whenever a contract's interval ends on the venue's clock: size × mark × rate from the longs to the shorts,
/// or back. What rounding leaves over goes to the fee account.
/// </summary>
internal sealed class Funding(LinearVenue linear)
{
    public FundingBook Book { get; } = new();

    public void Settle(long nowMicros)
    {
        foreach (var prices in linear.All)
        {
            if (nowMicros >= prices.NextFundingMicros)
            {
                Settle(prices, nowMicros);
                prices.FundingDone(nowMicros);
            }
        }
    }

    private void Settle(PerpetualPrices prices, long nowMicros)
    {
        var rate = prices.FundingRate;
        Book.Add(new FundingRate(prices.Contract.Symbol, rate, prices.NextFundingMicros));
        var collected = 0m;
        foreach (var margin in linear.Accounts.All)
        {
            foreach (var position in margin.Holding(prices.Contract).Positions)
            {
                var paid = MarginMath.Funding(position.Size, prices.Mark, rate);
                if (!position.IsFlat)
                {
                    collected += paid;
                    linear.Settlement.Pay(margin, -paid);
                    position.Fund(-paid, nowMicros);
                    Tell(margin, prices, position, rate, paid, nowMicros);
                }
            }
        }

        linear.Settlement.Fees.Balance(prices.Contract.SettleAsset).Change(collected, 0);
    }

    private void Tell(MarginAccount margin, PerpetualPrices prices, Position position, decimal rate, decimal paid, long nowMicros)
    {
        if (margin.Account.IsHouse)
        {
            return;
        }

        linear.Book(margin, new LinearExecution
        {
            Ordinal = linear.History[margin.Account].NextExecution,
            Id = LinearIds.Booking("funding", margin.Account.Id, position.Symbol, nowMicros, position.Index),
            Type = "Funding",
            Symbol = position.Symbol,
            BaseCoin = prices.Instrument.BaseAsset,
            SettleCoin = prices.Contract.SettleAsset,
            Side = position.Size > 0 ? Side.Buy : Side.Sell,
            Price = prices.Mark,
            Quantity = Math.Abs(position.Size),
            Fee = paid,
            FeeRate = rate,
            MarkPrice = prices.Mark,
            IndexPrice = prices.Index,
            TimeMicros = nowMicros,
            PositionIndex = position.Index,
        });
    }
}
