namespace Workbench.Simulator.Matching;

internal enum TriggerDirection
{
    RisesTo,
    FallsTo,
}

/// <summary>The price a trigger watches.</summary>
internal enum PriceSource
{
    Last,
    Mark,
    Index,
}

/// <summary>
/// What a conditional order waits for. With a trailing distance the trigger follows the market: a sell fires when the price
/// has fallen by the distance from its highest, a buy when it has risen by it from its lowest, counted from the moment
/// <see cref="Price"/> was reached (at once when there is none).
/// </summary>
internal sealed record TriggerTerms
{
    /// <summary>0 only for a trailing trigger that tracks at once.</summary>
    public decimal Price { get; init; }

    public required TriggerDirection Direction { get; init; }
    public PriceSource Source { get; init; }

    /// <summary>Trailing distance in basis points of the extreme price; 0 when not trailing by a ratio.</summary>
    public int TrailingBips { get; init; }

    /// <summary>Trailing distance in price units; 0 when not trailing by an amount.</summary>
    public decimal TrailingDistance { get; init; }

    /// <summary>Whether funds are locked while it waits (Binance: yes; Bybit spot conditional orders: no).</summary>
    public bool LocksFunds { get; init; } = true;

    public bool IsTrailing => TrailingBips > 0 || TrailingDistance > 0;
}

/// <summary>How far a conditional order has come.</summary>
internal sealed class TriggerState(TriggerTerms terms)
{
    public TriggerTerms Terms { get; private set; } = terms;

    /// <summary>The price that fires it now; for a trailing trigger that tracks, it moves with the market. 0: not known yet.</summary>
    public decimal Price { get; private set; } = terms.Price;

    /// <summary>True once a trailing trigger follows the market.</summary>
    public bool IsTracking { get; private set; }

    public long TrackingSinceMicros { get; private set; }

    /// <summary>0 while it waits.</summary>
    public long FiredMicros { get; set; }

    /// <summary>A queued order has been reached by the price and waits for the running command to end.</summary>
    public bool IsQueued { get; set; }

    /// <summary>At what price the funds of a market order are reckoned while it waits.</summary>
    public decimal LockPrice { get; init; }

    private decimal _extreme;

    public static bool IsReached(TriggerDirection direction, decimal trigger, decimal price) =>
        direction == TriggerDirection.RisesTo ? price >= trigger : price <= trigger;

    public void ChangePrice(decimal price)
    {
        Terms = Terms with { Price = price };
        Price = price;
    }

    public void Track(Side side, decimal price, long now)
    {
        if (!IsTracking)
        {
            IsTracking = true;
            TrackingSinceMicros = now;
        }

        if (price > 0)
        {
            _extreme = price;
            Price = Follow(side);
        }
    }

    /// <summary>Takes a new price; true when it fires.</summary>
    public bool Observe(Side side, decimal price)
    {
        if (_extreme == 0 || (side == Side.Sell ? price > _extreme : price < _extreme))
        {
            _extreme = price;
            Price = Follow(side);
            return false;
        }

        return IsReached(side == Side.Sell ? TriggerDirection.FallsTo : TriggerDirection.RisesTo, Price, price);
    }

    private decimal Follow(Side side)
    {
        var distance = Terms.TrailingDistance > 0 ? Terms.TrailingDistance : _extreme * Terms.TrailingBips / 10_000;
        return side == Side.Sell ? _extreme - distance : _extreme + distance;
    }
}
