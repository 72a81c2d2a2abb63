using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>Changes an open contract order: total quantity, price, trigger price, and the stops it brings along.</summary>
internal sealed class LinearAmend(LinearVenue linear)
{
    public BybitError Apply(MatchingEngine engine, MarginAccount margin, Order order, JsonElement body)
    {
        var prices = linear.Prices(order.Symbol)!;
        var error = Read(order, body, out var amendment);
        error = error.IsNone ? Check(margin, prices, order, ref amendment) : error;
        if (!error.IsNone)
        {
            return error;
        }

        if (body.Has("takeProfit") || body.Has("stopLoss"))
        {
            var tag = (LinearTag)order.Tag!;
            var bracket = Merged(tag.Bracket, body);
            error = StopRules.CheckBracket(prices, order.Side, amendment.Price ?? order.Price, bracket);
            if (!error.IsNone)
            {
                return error;
            }

            amendment = bracket == tag.Bracket ? amendment : amendment with { Tag = tag with { Bracket = bracket } };
        }

        var rises = order.Trigger?.Terms.Direction == TriggerDirection.RisesTo;
        var result = engine.Amend(order, in amendment);
        return result.Ok ? BybitError.None : LinearError.Of(result.Rejection, rises);
    }

    private static BybitError Read(Order order, JsonElement body, out Amendment amendment)
    {
        amendment = default;
        var (quantity, price, trigger) = (0m, 0m, 0m);
        if ((body.Has("qty") && !body.TryAmount("qty", out quantity))
            || (body.Has("price") && !body.TryAmount("price", out price))
            || (body.Has("triggerPrice") && !body.TryAmount("triggerPrice", out trigger)))
        {
            return BybitError.Parameter("params error: qty, price or triggerPrice invalid");
        }

        if (quantity > 0 && quantity <= order.Executed)
        {
            return LinearError.BelowExecuted;
        }

        amendment = new Amendment
        {
            Quantity = quantity == 0 ? null : quantity,
            Price = price == 0 || order.Type == OrderType.Market ? null : price,
            TriggerPrice = trigger == 0 || order.Status != OrderStatus.Untriggered ? null : trigger,
        };
        return BybitError.None;
    }

    private static BybitError Check(MarginAccount margin, PerpetualPrices prices, Order order, ref Amendment amendment)
    {
        var instrument = prices.Instrument;
        var max = order.Type == OrderType.Market ? instrument.MaxMarketQuantity : instrument.MaxQuantity;
        var error = LinearRules.CheckQuantity(instrument, amendment.Quantity ?? order.Quantity, max);
        if (error.IsNone && amendment.Price is { } price)
        {
            error = LinearRules.CheckPrice(instrument, price);
            if (error.IsNone && order.IsWorking)
            {
                error = LinearRules.Limit(prices, order.Side, margin.MovesPrices, ref price);
                amendment = amendment with { Price = price };
            }
        }

        if (!error.IsNone || order.Type == OrderType.Market || order.ReduceOnly)
        {
            return error;
        }

        var value = (amendment.Quantity ?? order.Quantity) * (amendment.Price ?? order.Price);
        return value < instrument.MinNotional ? LinearError.ValueTooSmall : BybitError.None;
    }

    // "0" takes a stop away, absence leaves it.
    private static Bracket? Merged(Bracket? old, JsonElement body)
    {
        var given = LinearForm.Bracket(body) ?? new Bracket();
        var merged = (old ?? given) with
        {
            TakeProfit = body.Has("takeProfit") ? given.TakeProfit : old?.TakeProfit ?? 0,
            StopLoss = body.Has("stopLoss") ? given.StopLoss : old?.StopLoss ?? 0,
        };
        return merged is { TakeProfit: 0, StopLoss: 0 } ? null : merged;
    }
}
