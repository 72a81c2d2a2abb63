using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>
/// Keeps the orders that hang on a position in step with it: stops brought by an order are set when it fills, stops of the
/// whole position take its size, and what could only reduce a position that is gone is cancelled.
/// </summary>
internal sealed class PositionStops(LinearVenue linear)
{
    // Orders whose bracket has been set on the position already.
    private readonly HashSet<long> _applied = [];

    public static Order? Find(MarginAccount margin, string symbol, int positionIndex, string stopOrderType) =>
        margin.Account.OpenOrders.FirstOrDefault(o =>
            o.Symbol == symbol && o.PositionIndex == positionIndex && o.Status == OrderStatus.Untriggered
            && o.Tag is LinearTag tag && tag.StopOrderType == stopOrderType);

    public void AfterFill(MatchingEngine engine, Order filled)
    {
        var margin = linear.Accounts.Of(filled.Account);
        var position = margin.Holding(linear.Prices(filled.Symbol)!.Contract)[filled.PositionIndex];
        if (filled.Tag is LinearTag { Bracket: { } bracket } && Opens(filled, position))
        {
            Apply(engine, margin, position, filled, bracket);
        }

        foreach (var order in margin.Account.OpenOrders.ToList())
        {
            if (order.IsOpen && order.Symbol == filled.Symbol && order.PositionIndex == position.Index && order.ReduceOnly)
            {
                Follow(engine, order, position);
            }
        }
    }

    /// <summary>Sets, moves or (price 0) takes away a stop of the whole position; false when nothing changed.</summary>
    public bool Set(MatchingEngine engine, MarginAccount margin, Position position, string kind, decimal price, string triggerBy)
    {
        var old = Find(margin, position.Symbol, position.Index, kind);
        if (price == 0)
        {
            return old is not null && engine.Cancel(old) == Rejection.None;
        }

        if (old is not null && old.Trigger!.Terms.Price == price && ((LinearTag)old.Tag!).TriggerBy == triggerBy)
        {
            return false;
        }

        if (old is not null)
        {
            engine.Cancel(old);
        }

        Place(engine, margin, position, kind, price, triggerBy, Math.Abs(position.Size), limit: 0);
        return true;
    }

    /// <summary>Adds a stop for a part of the position.</summary>
    public void AddPartial(
        MatchingEngine engine, MarginAccount margin, Position position, string kind, decimal price, string triggerBy, decimal quantity, decimal limit) =>
        Place(engine, margin, position, "Partial" + kind, price, triggerBy, quantity, limit);

    /// <summary>Sets, changes or (distance 0) takes away the trailing stop; false when nothing changed.</summary>
    public bool SetTrailing(MatchingEngine engine, MarginAccount margin, Position position, decimal distance, decimal activePrice)
    {
        var old = Find(margin, position.Symbol, position.Index, "TrailingStop");
        if (old is not null && old.Trigger!.Terms.TrailingDistance == distance && old.Trigger.Terms.Price == activePrice)
        {
            return false;
        }

        if (old is not null)
        {
            engine.Cancel(old);
        }

        if (distance > 0)
        {
            var side = position.Size > 0 ? Side.Sell : Side.Buy;
            Place(engine, margin, position, "TrailingStop", "LastPrice", Math.Abs(position.Size), 0, new TriggerTerms
            {
                Price = activePrice,
                TrailingDistance = distance,
                Direction = side == Side.Sell ? TriggerDirection.RisesTo : TriggerDirection.FallsTo,
                LocksFunds = false,
            });
        }

        return distance > 0 || old is not null;
    }

    private static bool Opens(Order order, Position position) =>
        position.Size != 0 && (order.Side == Side.Buy) == (position.Size > 0);

    private void Apply(MatchingEngine engine, MarginAccount margin, Position position, Order filled, Bracket bracket)
    {
        // Partial stops are for the quantity of the order, known when it is over.
        if ((bracket.IsPartial && filled.IsOpen) || !_applied.Add(filled.Id))
        {
            return;
        }

        foreach (var (kind, price, by, limit) in new[]
        {
            ("TakeProfit", bracket.TakeProfit, bracket.TakeProfitBy, bracket.TakeProfitLimit),
            ("StopLoss", bracket.StopLoss, bracket.StopLossBy, bracket.StopLossLimit),
        })
        {
            if (price > 0 && bracket.IsPartial)
            {
                AddPartial(engine, margin, position, kind, price, by, filled.Executed, limit);
            }
            else if (price > 0)
            {
                Set(engine, margin, position, kind, price, by);
            }
        }
    }

    private static void Follow(MatchingEngine engine, Order order, Position position)
    {
        var closable = position.Closable(order.Side);
        if (closable == 0)
        {
            engine.Cancel(order, reason: CloseReason.ReduceOnly);
        }
        else if (order.Tag is LinearTag { IsWholePosition: true } && order.Status == OrderStatus.Untriggered && order.Quantity != closable)
        {
            engine.Amend(order, new Amendment { Quantity = closable });
        }
    }

    private void Place(
        MatchingEngine engine, MarginAccount margin, Position position, string kind, decimal price, string triggerBy, decimal quantity, decimal limit)
    {
        var isProfit = kind.EndsWith("TakeProfit", StringComparison.Ordinal);
        Place(engine, margin, position, kind, triggerBy, quantity, limit, new TriggerTerms
        {
            Price = price,
            Direction = (position.Size > 0) == isProfit ? TriggerDirection.RisesTo : TriggerDirection.FallsTo,
            Source = LinearForm.Source(triggerBy),
            LocksFunds = false,
        });
    }

    private void Place(
        MatchingEngine engine, MarginAccount margin, Position position, string kind, string triggerBy, decimal quantity, decimal limit, TriggerTerms trigger)
    {
        var side = position.Size > 0 ? Side.Sell : Side.Buy;
        var request = new NewOrder
        {
            Symbol = position.Symbol,
            Side = side,
            Type = limit > 0 ? OrderType.Limit : OrderType.Market,
            TimeInForce = limit > 0 ? TimeInForce.Gtc : TimeInForce.Ioc,
            Price = limit,
            Quantity = quantity,
            Trigger = trigger,
            ReduceOnly = true,
            PositionIndex = position.Index,
            Tag = new LinearTag
            {
                TimeInForce = limit > 0 ? "GTC" : "IOC",
                LastPrice = linear.Prices(position.Symbol)!.Market.LastPrice,
                CloseOnTrigger = true,
                TriggerBy = triggerBy,
                TriggerDirection = trigger.Direction == TriggerDirection.RisesTo ? 1 : 2,
                StopOrderType = kind,
                CreateType = "CreateBy" + kind,
            },
        };
        if (engine.Place(margin.Account, request).Rejection == Rejection.WouldTrigger)
        {
            // The price has got there before the stop: it acts at once.
            engine.Place(margin.Account, request with { Trigger = null });
        }
    }
}
