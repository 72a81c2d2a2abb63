namespace Workbench.Sdk;

/// <summary>A strategy by callbacks. All callbacks come one after the other on the trading pipeline's thread: they must be quick, never block and never await.</summary>
/// <remarks>The same class runs live, on paper and in a backtest. A callback that throws stops the strategy with a report; the host trades on.</remarks>
public abstract class Strategy
{
    /// <summary>Called once before anything else; subscribe here.</summary>
    public virtual void OnStart(IStrategyContext context)
    {
    }

    /// <summary>The best bid or ask of a subscribed market has changed.</summary>
    public virtual void OnQuote(Quote quote)
    {
    }

    /// <summary>A trade happened in a subscribed market.</summary>
    public virtual void OnTrade(Trade trade)
    {
    }

    /// <summary>One of this strategy's orders has changed.</summary>
    public virtual void OnOrder(Order order)
    {
    }

    /// <summary>One of this strategy's orders was filled, in part or whole.</summary>
    public virtual void OnFill(Fill fill)
    {
    }

    /// <summary>A route moved, or lost its last connection: <see cref="ConnectionEvent.To"/> is null then, and no order is accepted until the next such call.</summary>
    /// <remarks>Called for every route, and for what an operator does to one.</remarks>
    public virtual void OnRoute(ConnectionEvent moved)
    {
    }

    /// <summary>Called once at the end; nothing comes after it.</summary>
    public virtual void OnStop()
    {
    }
}

/// <summary>What a strategy can do. Only to be used from within its callbacks.</summary>
public interface IStrategyContext
{
    /// <summary>The pipeline's time: the clock when live, the tape's time in a backtest.</summary>
    Timestamp Now { get; }

    /// <summary>Asks for a channel of a market, through the market's route.</summary>
    void Subscribe(Symbol symbol, MarketChannel channel);

    /// <summary>Hands an order on to the risk gate and, if it passes, to the router.</summary>
    /// <returns>The id under which its changes are reported.</returns>
    ClientOrderId Submit(OrderRequest request);

    /// <summary>Asks to cancel an order of this strategy.</summary>
    /// <exception cref="ArgumentException">The order is not one of this strategy's.</exception>
    void Cancel(ClientOrderId order);

    /// <summary>Writes a line to the strategy's log.</summary>
    void Log(string message);
}
