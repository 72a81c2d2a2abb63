using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>The words of a create request: those the venue knows, in combinations that it takes.</summary>
internal static class OrderForm
{
    private const int MaxLinkIdLength = 36;

    // Known to the live venue for contracts and margin only.
    private static readonly string[] NotOnSpot = ["triggerDirection", "bboSideType", "bboLevel"];

    public static bool IsLinkId(string text) =>
        text.Length is > 0 and <= MaxLinkIdLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public static BybitError Check(JsonElement body)
    {
        if (body.Text("side") is not ("Buy" or "Sell"))
        {
            return BybitError.InvalidSide;
        }

        if (body.Text("orderType") is not ("Limit" or "Market"))
        {
            return BybitError.InvalidOrderType;
        }

        if (body.Has("timeInForce") && body.Text("timeInForce") is not ("GTC" or "IOC" or "FOK" or "PostOnly"))
        {
            return BybitError.InvalidTimeInForce;
        }

        return Wrong(body) is { } member
            ? BybitError.Parameter($"Request parameter error: {member} invalid.")
            : BybitError.None;
    }

    private static string? Wrong(JsonElement body)
    {
        if (IsOther(body, "marketUnit", "baseCoin", "quoteCoin"))
        {
            return "marketUnit";
        }

        if (IsOther(body, "smpType", "None", "CancelMaker", "CancelTaker", "CancelBoth"))
        {
            return "smpType";
        }

        if (body.Has("orderLinkId") && !IsLinkId(body.Text("orderLinkId")))
        {
            return "orderLinkId";
        }

        return NotOnSpot.FirstOrDefault(name => body.Has(name) && body.Member(name).ToString() is not ("0" or "false"))
            ?? WrongMargin(body)
            ?? WrongCondition(body)
            ?? WrongSlippage(body);
    }

    // Nothing can be borrowed here: instruments-info lists no margin trading.
    private static string? WrongMargin(JsonElement body) =>
        body.Has("isLeverage") && body.Member("isLeverage").ToString() is not ("0" or "false") ? "isLeverage" : null;

    private static string? WrongCondition(JsonElement body)
    {
        if (IsOther(body, "orderFilter", "Order", "StopOrder", "tpslOrder"))
        {
            return "orderFilter";
        }

        var isPlain = body.Text("orderFilter") is "" or "Order";
        if (isPlain == body.Has("triggerPrice"))
        {
            return "triggerPrice";
        }

        if (!isPlain && (body.Text("timeInForce") == "PostOnly" || Bracket.Members.Any(m => body.Has(m))))
        {
            return "orderFilter";
        }

        return IsOther(body, "tpOrderType", "Market", "Limit") || IsOther(body, "slOrderType", "Market", "Limit") ? "tpOrderType" : null;
    }

    private static string? WrongSlippage(JsonElement body)
    {
        if (!body.Has("slippageToleranceType") && !body.Has("slippageTolerance"))
        {
            return null;
        }

        var isMarket = body.Text("orderType") == "Market" && body.TryAmount("slippageTolerance", out _);
        _ = body.TryAmount("slippageTolerance", out var tolerance);
        var isWithin = body.Text("slippageToleranceType") switch
        {
            "TickSize" => tolerance is >= 1 and <= 10_000 && decimal.IsInteger(tolerance),
            "Percent" => tolerance is >= 0.01m and <= 10 && decimal.Round(tolerance, 2) == tolerance,
            _ => false,
        };
        return isMarket && isWithin ? null : "slippageTolerance";
    }

    private static bool IsOther(JsonElement body, string name, params ReadOnlySpan<string> known) =>
        body.Has(name) && !known.Contains(body.Text(name));
}
