using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary><c>trading-stop</c>: take profit, stop loss and trailing stop of a position; "0" takes one away.</summary>
internal sealed class TradingStop(LinearVenue linear, LinearPushes pushes)
{
    public BybitError Apply(MatchingEngine engine, MarginAccount margin, JsonElement body)
    {
        if (linear.Prices(body.Text("symbol")) is not { } prices)
        {
            return LinearError.UnknownSymbol;
        }

        var holding = margin.Holding(prices.Contract);
        var index = body.Whole("positionIdx") ?? 0;
        if (!LinearRules.FitsMode(holding, index))
        {
            return LinearError.WrongMode;
        }

        var position = holding[index];
        if (position.IsFlat)
        {
            return BybitError.Parameter("can not set tp/sl/ts for zero position");
        }

        var error = Check(prices, position, body);
        if (!error.IsNone)
        {
            return error;
        }

        var isChanged = engine.InOneStep(e => body.Text("tpslMode") == "Partial"
            ? AddPartial(e, margin, position, body)
            : Set(e, margin, position, body));
        if (!isChanged)
        {
            return LinearError.NotModified;
        }

        pushes.PushPosition(margin.Account, position);
        return BybitError.None;
    }

    private static BybitError Check(PerpetualPrices prices, Position position, JsonElement body)
    {
        foreach (var name in (string[])["takeProfit", "stopLoss", "trailingStop", "activePrice", "tpSize", "slSize", "tpLimitPrice", "slLimitPrice"])
        {
            if (body.Has(name) && body.Text(name) != "0" && !body.TryAmount(name, out _))
            {
                return BybitError.Parameter($"params error: {name} invalid");
            }
        }

        if (!LinearForm.IsPriceName(body, "tpTriggerBy") || !LinearForm.IsPriceName(body, "slTriggerBy"))
        {
            return BybitError.Parameter("params error: tpTriggerBy or slTriggerBy invalid");
        }

        body.TryAmount("takeProfit", out var takeProfit);
        body.TryAmount("stopLoss", out var stopLoss);
        var side = position.Size > 0 ? Side.Buy : Side.Sell;
        var error = StopRules.Check(prices, side, Base(prices, body.Text("tpTriggerBy")), takeProfit, isProfit: true);
        return error.IsNone ? StopRules.Check(prices, side, Base(prices, body.Text("slTriggerBy")), stopLoss, isProfit: false) : error;
    }

    private static decimal Base(PerpetualPrices prices, string triggerBy) => triggerBy switch
    {
        "MarkPrice" => prices.Mark,
        "IndexPrice" => prices.Index,
        _ => prices.Market.LastPrice,
    };

    private bool Set(MatchingEngine engine, MarginAccount margin, Position position, JsonElement body)
    {
        var isChanged = false;
        foreach (var (name, kind, by) in new[] { ("takeProfit", "TakeProfit", "tpTriggerBy"), ("stopLoss", "StopLoss", "slTriggerBy") })
        {
            if (body.Has(name))
            {
                body.TryAmount(name, out var price);
                isChanged |= linear.Stops.Set(engine, margin, position, kind, price, body.Has(by) ? body.Text(by) : "LastPrice");
            }
        }

        if (body.Has("trailingStop"))
        {
            body.TryAmount("trailingStop", out var distance);
            body.TryAmount("activePrice", out var active);
            isChanged |= linear.Stops.SetTrailing(engine, margin, position, distance, active);
        }

        return isChanged;
    }

    private bool AddPartial(MatchingEngine engine, MarginAccount margin, Position position, JsonElement body)
    {
        var isChanged = false;
        foreach (var (lead, name, kind) in new[] { ("tp", "takeProfit", "TakeProfit"), ("sl", "stopLoss", "StopLoss") })
        {
            if (body.TryAmount(name, out var price))
            {
                body.TryAmount(lead + "LimitPrice", out var limit);
                var quantity = body.TryAmount(lead + "Size", out var size) ? Math.Min(size, Math.Abs(position.Size)) : Math.Abs(position.Size);
                linear.Stops.AddPartial(
                    engine, margin, position, kind, price, body.Has(lead + "TriggerBy") ? body.Text(lead + "TriggerBy") : "LastPrice", quantity, limit);
                isChanged = true;
            }
        }

        return isChanged;
    }
}
