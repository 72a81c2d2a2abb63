using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>New terms for an open spot order: total quantity, price, trigger price, and the prices of its bracket.</summary>
internal sealed class OrderAmending(Ledgers ledgers)
{
    private static readonly string[] Amounts = ["qty", "price", "triggerPrice"];

    public OrderAnswer Amend(MatchingEngine engine, Order? order, BybitError error, Market market, JsonElement body)
    {
        if (order is not { IsOpen: true })
        {
            return OrderAnswer.Refused(error.IsNone ? BybitError.OrderNotFound : error);
        }

        error = Read(order, market, body, out var amendment, out var bracket);
        if (!error.IsNone)
        {
            return OrderAnswer.Refused(error, order.ClientId);
        }

        var result = bracket is null ? engine.Amend(order, in amendment) : engine.InOneStep(e => WithBracket(e, order, amendment, bracket));
        return result.Ok
            ? OrderAnswer.Queued(order) with { Symbol = order.Symbol }
            : OrderAnswer.Refused(OrderAnswer.Translate(result.Rejection), order.ClientId);
    }

    private BybitError Read(Order order, Market market, JsonElement body, out Amendment amendment, out Bracket? bracket)
    {
        (amendment, bracket) = (default, null);
        if (Amounts.FirstOrDefault(name => body.Has(name) && !body.TryAmount(name, out _)) is { } malformed)
        {
            return BybitError.Parameter($"Request parameter error: {malformed} invalid.");
        }

        var quantity = body.TryAmount("qty", out var qty) ? qty : order.Quantity;
        var price = body.TryAmount("price", out var limit) ? limit : order.Price;
        var trigger = body.TryAmount("triggerPrice", out var at) ? at : (decimal?)null;
        if (!order.IsQuoteSized && quantity <= order.Executed)
        {
            return BybitError.BelowExecuted;
        }

        var error = trigger is { } newTrigger ? OrderRules.CheckTrigger(market, newTrigger) : BybitError.None;
        if (error.IsNone)
        {
            error = OrderRules.CheckAmend(market, order, quantity, ref price, ledgers[order.Account].MovesPrices);
        }

        if (error.IsNone && Bracket.Members.Any(m => body.Has(m)))
        {
            error = ReadBracket(order, body, price, out bracket);
        }

        amendment = new Amendment { Quantity = quantity, Price = price, TriggerPrice = trigger };
        return error;
    }

    // A bracket can be moved while its order waits to be filled; to add or to clear one, cancel and place anew.
    private static BybitError ReadBracket(Order order, JsonElement body, decimal price, out Bracket? bracket)
    {
        bracket = null;
        if (order.Tag is not OrderTag { Bracket: { } old })
        {
            return BybitError.Parameter("Request parameter error: the order has no takeProfit or stopLoss to change.");
        }

        var takeProfit = body.TryAmount("takeProfit", out var tp) ? tp : old.TakeProfit;
        var stopLoss = body.TryAmount("stopLoss", out var sl) ? sl : old.StopLoss;
        var changed = old with { TakeProfit = takeProfit, StopLoss = stopLoss };
        if (body.Text("takeProfit") == "0" || body.Text("stopLoss") == "0" || body.Has("tpLimitPrice") || body.Has("slLimitPrice")
            || (takeProfit > 0) != (old.TakeProfit > 0) || (stopLoss > 0) != (old.StopLoss > 0)
            || changed.Prices.Any(p => !order.Book.Instrument.IsOnTick(p)))
        {
            return BybitError.Parameter("Request parameter error: takeProfit or stopLoss invalid.");
        }

        bracket = changed;
        return changed.Check(order.Side, price);
    }

    private static OrderResult WithBracket(MatchingEngine engine, Order order, in Amendment amendment, Bracket bracket)
    {
        foreach (var exit in order.List?.Orders.Where(o => o.Status == OrderStatus.Pending) ?? [])
        {
            var trigger = exit.Tag is OrderTag { StopOrderType: "TakeProfit" } ? bracket.TakeProfit : bracket.StopLoss;
            engine.Amend(exit, new Amendment { TriggerPrice = trigger });
        }

        return engine.Amend(order, amendment with { Tag = ((OrderTag)order.Tag!) with { Bracket = bracket } });
    }
}
