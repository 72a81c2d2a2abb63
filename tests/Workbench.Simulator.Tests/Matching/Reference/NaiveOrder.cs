using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Matching.Reference;

/// <summary>An order of the reference market: the request and what became of it, nothing derived.</summary>
internal sealed class NaiveOrder(int id, int account, NewOrder request)
{
    public int Id { get; } = id;
    public int Account { get; } = account;
    public NewOrder Request { get; } = request;
    public bool Buys => Request.Side == Side.Buy;
    public bool IsMarket => Request.Type == OrderType.Market;
    public bool IsQuoteSized => Request.QuoteQuantity > 0;
    public TriggerTerms? Trigger => Request.Trigger;

    public string Status { get; set; } = "New";
    public string Reason { get; set; } = "None";
    public decimal Price { get; set; } = request.Price;
    public decimal Quantity { get; set; } = request.Quantity;
    public decimal Done { get; set; }
    public decimal DoneQuote { get; set; }
    public decimal Prevented { get; set; }
    public decimal PreventedQuote { get; set; }

    /// <summary>Place in the queue of all resting orders, the smaller the older; 0 when it does not rest.</summary>
    public long Rank { get; set; }

    public decimal Shown { get; set; }
    public decimal TriggerPrice { get; set; } = request.Trigger?.Price ?? 0;
    public decimal LockPrice { get; set; }
    public decimal Extreme { get; set; }
    public bool IsTracking { get; set; }
    public bool IsFired { get; set; }
    public NaiveOrder? Contra { get; set; }
    public NaiveList? List { get; set; }

    public decimal Rest => Quantity - Done - Prevented;
    public bool IsOpen => Status is "New" or "PartiallyFilled" or "Untriggered" or "Pending";
    public bool Works => Status is "New" or "PartiallyFilled";
    public bool FiresFalling => Trigger!.IsTrailing ? !Buys : Trigger.Direction == TriggerDirection.FallsTo;
}

internal sealed class NaiveList(int id, Contingency contingency)
{
    public int Id { get; } = id;
    public List<NaiveOrder> Orders { get; } = [];
    public bool IsEnding { get; set; }
    public bool IsDone { get; set; }
    public NaiveOrder? Working => contingency == Contingency.OneCancelsTheOther ? null : Orders[0];
}
