using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>Whether a request for a contract is well formed, and its parts that take several members.</summary>
internal static class LinearForm
{
    private static readonly string[] Prices = ["LastPrice", "IndexPrice", "MarkPrice"];

    public static BybitError Check(JsonElement body)
    {
        if (body.Text("side") is not ("Buy" or "Sell"))
        {
            return Invalid("side");
        }

        if (body.Text("orderType") is not ("Limit" or "Market"))
        {
            return Invalid("orderType");
        }

        if (IsNotOneOf(body, "timeInForce", "GTC", "IOC", "FOK", "PostOnly"))
        {
            return Invalid("timeInForce");
        }

        if (IsNotOneOf(body, "smpType", "None", "CancelMaker", "CancelTaker", "CancelBoth"))
        {
            return Invalid("smpType");
        }

        if (body.Has("orderLinkId") && (body.Text("orderLinkId").Length == 0 || !OrderForm.IsLinkId(body.Text("orderLinkId"))))
        {
            return BybitError.Parameter("The length or characters of orderLinkId are invalid.");
        }

        if (body.Has("positionIdx") && body.Whole("positionIdx") is not (0 or 1 or 2))
        {
            return Invalid("positionIdx");
        }

        var error = CheckTrigger(body);
        error = error.IsNone ? CheckSlippage(body) : error;
        error = error.IsNone ? CheckBookPrice(body) : error;
        return error.IsNone ? CheckBracket(body) : error;
    }

    /// <summary>Null without a trigger price; the form has been checked.</summary>
    public static TriggerTerms? Trigger(JsonElement body) => !body.TryAmount("triggerPrice", out var price) ? null : new TriggerTerms
    {
        Price = price,
        Direction = body.Whole("triggerDirection") == 1 ? TriggerDirection.RisesTo : TriggerDirection.FallsTo,
        Source = Source(body.Text("triggerBy")),
        LocksFunds = false,
    };

    /// <summary>Null when neither take profit nor stop loss is asked for.</summary>
    public static Bracket? Bracket(JsonElement body)
    {
        body.TryAmount("takeProfit", out var takeProfit);
        body.TryAmount("stopLoss", out var stopLoss);
        body.TryAmount("tpLimitPrice", out var takeProfitLimit);
        body.TryAmount("slLimitPrice", out var stopLossLimit);
        return takeProfit == 0 && stopLoss == 0 ? null : new Bracket
        {
            TakeProfit = takeProfit,
            StopLoss = stopLoss,
            TakeProfitBy = body.Has("tpTriggerBy") ? body.Text("tpTriggerBy") : "LastPrice",
            StopLossBy = body.Has("slTriggerBy") ? body.Text("slTriggerBy") : "LastPrice",
            IsPartial = body.Text("tpslMode") == "Partial",
            TakeProfitLimit = takeProfitLimit,
            StopLossLimit = stopLossLimit,
        };
    }

    public static PriceSource Source(string triggerBy) => triggerBy switch
    {
        "MarkPrice" => PriceSource.Mark,
        "IndexPrice" => PriceSource.Index,
        _ => PriceSource.Last,
    };

    public static bool IsPriceName(JsonElement body, string name) => !IsNotOneOf(body, name, Prices);

    /// <summary>A boolean member; false when absent.</summary>
    public static bool Flag(this JsonElement body, string name) => body.Member(name).ValueKind == JsonValueKind.True;

    /// <summary>A whole number, as number or string; null when absent or another thing.</summary>
    public static int? Whole(this JsonElement body, string name) => body.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        { ValueKind: JsonValueKind.String } text
            when int.TryParse(text.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    private static BybitError CheckTrigger(JsonElement body)
    {
        if (!body.Has("triggerPrice"))
        {
            return BybitError.None;
        }

        if (!body.TryAmount("triggerPrice", out _) || !IsPriceName(body, "triggerBy"))
        {
            return Invalid("triggerPrice or triggerBy");
        }

        return body.Whole("triggerDirection") is 1 or 2 ? BybitError.None : Invalid("triggerDirection");
    }

    private static BybitError CheckSlippage(JsonElement body)
    {
        if (!body.Has("slippageToleranceType") && !body.Has("slippageTolerance"))
        {
            return BybitError.None;
        }

        var isSized = body.TryAmount("slippageTolerance", out var tolerance);
        var isWithin = body.Text("slippageToleranceType") switch
        {
            "TickSize" => tolerance is >= 1 and <= 10_000 && tolerance % 1 == 0,
            "Percent" => tolerance is >= 0.01m and <= 10m,
            _ => false,
        };
        return isSized && isWithin && body.Text("orderType") == "Market" ? BybitError.None : Invalid("slippageTolerance");
    }

    private static BybitError CheckBookPrice(JsonElement body)
    {
        if (!body.Has("bboSideType"))
        {
            return BybitError.None;
        }

        return body.Text("orderType") == "Limit" && !IsNotOneOf(body, "bboSideType", "Queue", "Counterparty")
            && body.Text("bboLevel") is "1" or "2" or "3" or "4" or "5"
            ? BybitError.None
            : Invalid("bboSideType or bboLevel");
    }

    private static BybitError CheckBracket(JsonElement body)
    {
        if (!IsPriceName(body, "tpTriggerBy") || !IsPriceName(body, "slTriggerBy") || IsNotOneOf(body, "tpslMode", "Full", "Partial"))
        {
            return Invalid("tpTriggerBy, slTriggerBy or tpslMode");
        }

        if (Bracket(body) is not { } bracket)
        {
            return BybitError.None;
        }

        if (body.Flag("reduceOnly"))
        {
            return BybitError.Parameter("TP/SL may not accompany a reduce-only order");
        }

        return (bracket.TakeProfitLimit > 0 || bracket.StopLossLimit > 0) && !bracket.IsPartial
            ? BybitError.Parameter("tpOrderType and slOrderType must be Market in tpslMode Full")
            : BybitError.None;
    }

    private static bool IsNotOneOf(JsonElement body, string name, params ReadOnlySpan<string> values) =>
        body.Has(name) && !values.Contains(body.Text(name));

    private static BybitError Invalid(string what) => BybitError.Parameter($"params error: {what} invalid");
}
