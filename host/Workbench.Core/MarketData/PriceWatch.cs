using Workbench.Core.Pipeline;
using Workbench.Core.Routing;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Judges each price by its market's own history and by the other venue of the route. Pipeline thread only.</summary>
internal sealed class PriceWatch(MarketBoard board, RouteTable routes, PriceCheck? check)
{
    private long _suspects;

    /// <summary>Values that were marked as suspect. Any thread.</summary>
    public long Suspects => Volatile.Read(ref _suspects);

    /// <summary>False when nothing confirms the prices of an event.</summary>
    public bool IsBelievable(MarketState market, MarketEvent e, IStageOutput output) => market.Quotes is null || e switch
    {
        Quote q => Judge(market, market.Quotes, q.Bid ?? q.Ask, q.Ask ?? q.Bid, q, output),
        Trade t => Judge(market, market.Trades!, t.Price, t.Price, t, output),
        OrderBook b => Judge(market, market.Books!, (b.BestBid ?? b.BestAsk)?.Price, (b.BestAsk ?? b.BestBid)?.Price, b, output),
        _ => true,
    };

    private bool Judge(MarketState market, PriceGuard guard, Price? one, Price? other, MarketEvent e, IStageOutput output)
    {
        if (one is not { Value: var first } || other is not { Value: var second })
        {
            return true;
        }

        var (low, high) = first <= second ? (first, second) : (second, first);
        return guard.IsOrdinary(low, high, e.Stamp.ReceivedAt) || JudgeClosely(market, guard, low, high, e, output);
    }

    private bool JudgeClosely(MarketState market, PriceGuard guard, decimal low, decimal high, MarketEvent e, IStageOutput output)
    {
        var wasSuspect = guard.IsSuspect;
        var witness = Witness(market, e.Stamp.ReceivedAt);
        if (guard.Accepts(low, high, e.Stamp.ReceivedAt, witness))
        {
            return true;
        }

        Volatile.Write(ref _suspects, _suspects + 1);
        if (!wasSuspect)
        {
            var from = guard.Median > 0 ? $"the median {Numbers.Text(guard.Median)} of its last prices" : $"the other venue's {Numbers.Text(witness ?? 0)}";
            var kind = e.GetType().Name.ToLowerInvariant();
            output.Emit(new AnomalyFound(
                $"{market.Connection}: a {kind} of {market.Symbol} at {Numbers.Text(low)} is more than {Numbers.Text(check!.Jump * 100)} % from {from}; suspect until another venue or {check.ConfirmAfter.TotalSeconds:0.#} s confirm it"));
        }

        return false;
    }

    /// <summary>The middle that another connection of the route shows now.</summary>
    private decimal? Witness(MarketState market, Timestamp now)
    {
        foreach (var other in routes.DataConnections(market.Symbol))
        {
            if (other != market.Connection && board.Latest(other, market.Symbol) is { Mid: { } middle } quote && quote.Stamp.AgeAt(now) <= PriceCheck.WitnessAge)
            {
                return middle.Value;
            }
        }

        return null;
    }
}
