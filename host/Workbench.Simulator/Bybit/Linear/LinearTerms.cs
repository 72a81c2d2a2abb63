using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>A create request for a contract as understood, before it is held against the symbol's rules.</summary>
internal sealed record LinearTerms
{
    public required string Symbol { get; init; }
    public required Side Side { get; init; }
    public required OrderType Type { get; init; }
    public required string TimeInForce { get; init; }
    public required string SmpType { get; init; }
    public required string LinkId { get; init; }

    /// <summary>0 closes the position, as far as one order may.</summary>
    public required decimal Quantity { get; init; }

    public required decimal Price { get; init; }
    public required int PositionIndex { get; init; }
    public required bool IsReduceOnly { get; init; }
    public required bool IsCloseOnTrigger { get; init; }

    /// <summary>Null for an order that is not conditional.</summary>
    public TriggerTerms? Trigger { get; init; }

    public string TriggerBy { get; init; } = "";
    public Bracket? Bracket { get; init; }

    /// <summary>TickSize or Percent, or "" when the venue's own bound is to do.</summary>
    public string SlippageType { get; init; } = "";

    public decimal Slippage { get; init; }

    /// <summary>Queue or Counterparty: the price is taken from the book.</summary>
    public string BookSide { get; init; } = "";

    public int BookLevel { get; init; }

    public bool IsPostOnly => TimeInForce == "PostOnly";

    public static BybitError Read(JsonElement body, out LinearTerms? terms)
    {
        terms = null;
        var error = LinearForm.Check(body);
        if (!error.IsNone)
        {
            return error;
        }

        var type = body.Text("orderType") == "Market" ? OrderType.Market : OrderType.Limit;
        var closesAll = body.Text("qty") == "0" && body.Flag("reduceOnly") && body.Flag("closeOnTrigger");
        if (!body.TryAmount("qty", out var quantity) && !closesAll)
        {
            return BybitError.Parameter("params error: qty invalid");
        }

        var price = 0m;
        var takesBookPrice = body.Has("bboSideType");
        if (type == OrderType.Limit && !takesBookPrice && !body.TryAmount("price", out price))
        {
            return BybitError.Parameter("params error: price invalid");
        }

        terms = new LinearTerms
        {
            Symbol = body.Text("symbol"),
            Side = body.Text("side") == "Buy" ? Side.Buy : Side.Sell,
            Type = type,
            TimeInForce = type == OrderType.Market ? "IOC" : body.Has("timeInForce") ? body.Text("timeInForce") : "GTC",
            SmpType = body.Has("smpType") ? body.Text("smpType") : "None",
            LinkId = body.Text("orderLinkId"),
            Quantity = quantity,
            Price = price,
            PositionIndex = body.Whole("positionIdx") ?? 0,
            IsReduceOnly = body.Flag("reduceOnly"),
            IsCloseOnTrigger = body.Flag("closeOnTrigger"),
            Trigger = LinearForm.Trigger(body),
            TriggerBy = !body.Has("triggerPrice") ? "" : body.Has("triggerBy") ? body.Text("triggerBy") : "LastPrice",
            Bracket = LinearForm.Bracket(body),
            SlippageType = body.Text("slippageToleranceType"),
            Slippage = body.TryAmount("slippageTolerance", out var slippage) ? slippage : 0,
            BookSide = body.Text("bboSideType"),
            BookLevel = int.TryParse(body.Text("bboLevel"), NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : 1,
        };
        return BybitError.None;
    }

    /// <summary>The order for the engine, with the price and the quantity that the rules have settled on.</summary>
    public NewOrder ToEngine(decimal quantity, decimal price, decimal bound, decimal lastPrice, bool closesOnly) => new()
    {
        Symbol = Symbol,
        Side = Side,
        Type = Type,
        TimeInForce = TimeInForce switch
        {
            "IOC" => Matching.TimeInForce.Ioc,
            "FOK" => Matching.TimeInForce.Fok,
            _ => Matching.TimeInForce.Gtc,
        },
        Quantity = quantity,
        Price = price,
        PriceBound = bound,
        Trigger = Trigger,
        PostOnly = IsPostOnly ? PostOnly.ExpireIfTaking : PostOnly.No,
        SelfTradePrevention = SmpType switch
        {
            "CancelMaker" => SelfTradePrevention.ExpireMaker,
            "CancelTaker" => SelfTradePrevention.ExpireTaker,
            "CancelBoth" => SelfTradePrevention.ExpireBoth,
            _ => SelfTradePrevention.None,
        },
        ReduceOnly = IsReduceOnly || closesOnly,
        PositionIndex = PositionIndex,
        ClientId = LinkId,
        Tag = new LinearTag
        {
            TimeInForce = TimeInForce,
            SmpType = SmpType,
            LastPrice = lastPrice,
            CloseOnTrigger = IsCloseOnTrigger,
            TriggerBy = TriggerBy,
            TriggerDirection = Trigger is null ? 0 : Trigger.Direction == TriggerDirection.RisesTo ? 1 : 2,
            StopOrderType = Trigger is null ? "" : "Stop",
            SlippageType = SlippageType.Length == 0 ? "UNKNOWN" : SlippageType,
            Slippage = Slippage == 0 ? "" : BybitJson.Text(Slippage),
            Bracket = Bracket,
        },
    };
}
