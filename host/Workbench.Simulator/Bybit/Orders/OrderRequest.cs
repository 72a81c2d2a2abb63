using System.Globalization;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>Turns terms that passed all rules into the engine's request.</summary>
internal sealed class OrderRequest(Market market, OrderTerms terms)
{
    public NewOrder Order => new()
    {
        Symbol = terms.Symbol,
        Side = terms.Side,
        Type = terms.Type,
        TimeInForce = terms.TimeInForce switch
        {
            "IOC" => TimeInForce.Ioc,
            "FOK" => TimeInForce.Fok,
            _ => TimeInForce.Gtc,
        },
        Quantity = terms.IsQuoteSized ? 0 : terms.Quantity,
        QuoteQuantity = terms.IsQuoteSized ? terms.Quantity : 0,
        Price = terms.Price,
        PriceBound = Bound(),
        Trigger = terms.Kind == OrderKind.Order ? null : Trigger(terms.TriggerPrice, terms.Kind == OrderKind.TpslOrder),
        PostOnly = terms.IsPostOnly ? PostOnly.ExpireIfTaking : PostOnly.No,
        SelfTradePrevention = terms.SmpType switch
        {
            "CancelMaker" => SelfTradePrevention.ExpireMaker,
            "CancelTaker" => SelfTradePrevention.ExpireTaker,
            "CancelBoth" => SelfTradePrevention.ExpireBoth,
            _ => SelfTradePrevention.None,
        },
        ClientId = terms.LinkId,
        Tag = new OrderTag
        {
            TimeInForce = terms.TimeInForce,
            SmpType = terms.SmpType,
            MarketUnit = terms.Type == OrderType.Market ? terms.IsQuoteSized ? "quoteCoin" : "baseCoin" : "",
            BasePrice = market.LastPrice,
            Kind = terms.Kind,
            StopOrderType = terms.Kind switch { OrderKind.StopOrder => "Stop", OrderKind.TpslOrder => "tpslOrder", _ => "" },
            Bracket = terms.Bracket,
            SlippageType = terms.SlippageType.Length > 0 ? terms.SlippageType : "UNKNOWN",
            Slippage = terms.Slippage,
        },
    };

    /// <summary>The order with its bracket; null when it brings none.</summary>
    public NewOrderList? WithBracket()
    {
        if (terms.Bracket is not { } bracket)
        {
            return null;
        }

        List<NewOrder> orders = [Order];
        if (bracket.TakeProfit > 0)
        {
            orders.Add(Exit("TakeProfit", bracket.TakeProfit, bracket.TakeProfitLimit));
        }

        if (bracket.StopLoss > 0)
        {
            orders.Add(Exit("StopLoss", bracket.StopLoss, bracket.StopLossLimit));
        }

        return new NewOrderList
        {
            Contingency = orders.Count == 3 ? Contingency.OneTriggersAPair : Contingency.OneTriggersTheOther,
            Orders = orders,

            // What was bought is sold again, less the fee; a sale is bought back in the same quantity.
            PendingTakesProceeds = terms.Side == Side.Buy,
        };
    }

    private NewOrder Exit(string type, decimal trigger, decimal limit) => new()
    {
        Symbol = terms.Symbol,
        Side = terms.Side.Opposite(),
        Type = limit > 0 ? OrderType.Limit : OrderType.Market,
        Quantity = terms.IsQuoteSized ? market.Instrument.StepSize : terms.Quantity,
        Price = limit,
        Trigger = new TriggerTerms
        {
            Price = trigger,
            Direction = (type == "TakeProfit") == (terms.Side == Side.Buy) ? TriggerDirection.RisesTo : TriggerDirection.FallsTo,
        },
        Tag = new OrderTag
        {
            TimeInForce = limit > 0 ? "GTC" : "IOC",
            SmpType = "None",
            MarketUnit = limit > 0 ? "" : "baseCoin",
            BasePrice = market.LastPrice,
            Kind = OrderKind.TpslOrder,
            StopOrderType = type,
            ParentLinkId = terms.LinkId,
        },
    };

    // Spot names no direction: the side of the last price that the trigger lies on decides.
    private TriggerTerms Trigger(decimal price, bool locksFunds) => new()
    {
        Price = price,
        Direction = price > market.LastPrice ? TriggerDirection.RisesTo : TriggerDirection.FallsTo,
        LocksFunds = locksFunds,
    };

    // A market order trades like a limit order at a protective price: the sender's, or the price limit. What is triggered
    // later takes what it finds.
    private decimal Bound()
    {
        if (terms.Type != OrderType.Market || terms.Kind != OrderKind.Order)
        {
            return 0;
        }

        var (maxBuy, minSell) = BybitListing.PriceLimits(market);
        if (terms.SlippageType.Length == 0)
        {
            return terms.Side == Side.Buy ? maxBuy : minSell;
        }

        var best = (terms.Side == Side.Buy ? market.Book.Asks.Best : market.Book.Bids.Best)?.Price ?? market.LastPrice;
        var tolerance = decimal.Parse(terms.Slippage, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        var distance = terms.SlippageType == "TickSize" ? tolerance * market.Instrument.TickSize : best * tolerance / 100;
        return terms.Side == Side.Buy ? Math.Min(best + distance, maxBuy) : Math.Max(best - distance, minSell);
    }
}
