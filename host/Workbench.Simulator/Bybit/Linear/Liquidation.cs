using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>
/// When an account's margin falls below what its positions need at least, its orders are cancelled and the venue takes its
/// positions over at the mark price, without a fee. A loss beyond the wallet stays with the venue.
/// </summary>
internal sealed class Liquidation(LinearVenue linear)
{
    private readonly MarginAccount _taker = linear.Accounts.Of(new Account("liquidation", isHouse: true, mayOwe: true));

    public void Check(long nowMicros)
    {
        foreach (var margin in linear.Accounts.All.ToList())
        {
            if (margin.Account.IsHouse || margin.IsIdle)
            {
                continue;
            }

            var state = margin.State(linear.Mark);
            if (state.Maintenance > 0 && margin.Wallet.Free + state.Unrealised <= state.Maintenance)
            {
                Liquidate(margin, nowMicros);
            }
        }
    }

    private void Liquidate(MarginAccount margin, long nowMicros)
    {
        linear.Venue.Execute(engine => engine.CancelMany(margin.Account, static _ => true, CloseReason.Liquidation));
        foreach (var holding in margin.Holdings)
        {
            foreach (var position in holding.Positions.Where(p => !p.IsFlat))
            {
                TakeOver(margin, holding, position, nowMicros);
            }
        }
    }

    private void TakeOver(MarginAccount margin, Holding holding, Position position, long nowMicros)
    {
        var prices = linear.Prices(position.Symbol)!;
        var (size, mark) = (position.Size, prices.Mark);
        var side = size > 0 ? Side.Sell : Side.Buy;
        var quantity = Math.Abs(size);
        var sequence = prices.Market.Book.UpdateId;
        var change = position.Fill(side, quantity, mark, 0, nowMicros, sequence);
        linear.Settlement.Pay(margin, change.Profit);
        var taken = _taker.Holding(prices.Contract)[0].Fill(side.Opposite(), quantity, mark, 0, nowMicros, sequence);
        linear.Settlement.Pay(_taker, taken.Profit);
        Tell(margin, holding, prices, position, change, side, nowMicros);
    }

    private void Tell(
        MarginAccount margin, Holding holding, PerpetualPrices prices, Position position, PositionChange change, Side side, long nowMicros)
    {
        var history = linear.History[margin.Account];
        var id = LinearIds.Booking("bust", margin.Account.Id, position.Symbol, nowMicros, position.Index);
        var closed = new ClosedPnl
        {
            Ordinal = history.NextClosed,
            OrderId = id,
            Symbol = position.Symbol,
            Side = side,
            Leverage = holding.Leverage(side.Opposite()),
            CreatedMicros = nowMicros,
            OrderQuantity = change.Closed,
            OrderPrice = prices.Mark,
            OrderType = "Market",
            ExecType = "BustTrade",
        };
        closed.Add(in change, prices.Mark, nowMicros);
        history.Add(closed);
        linear.Book(margin, new LinearExecution
        {
            Ordinal = history.NextExecution,
            Id = id,
            Type = "BustTrade",
            Symbol = position.Symbol,
            BaseCoin = prices.Instrument.BaseAsset,
            SettleCoin = prices.Contract.SettleAsset,
            Side = side,
            Price = prices.Mark,
            Quantity = change.Closed,
            Fee = 0,
            FeeRate = 0,
            MarkPrice = prices.Mark,
            IndexPrice = prices.Index,
            TimeMicros = nowMicros,
            PositionIndex = position.Index,
            Closed = change.Closed,
            Profit = change.Profit,
            Sequence = position.Sequence,
        });
    }
}
