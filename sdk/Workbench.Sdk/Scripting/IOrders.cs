namespace Workbench.Sdk;

/// <summary>Placing, following and cancelling orders. Every order passes the risk gate and the route.</summary>
public interface IOrders
{
    /// <summary>Asks for an order. Returns at once with a handle; a denial shows there.</summary>
    IOrderHandle Submit(OrderRequest request);

    /// <summary>Asks to cancel an order. Returns false when it is not known or already done.</summary>
    bool Cancel(ClientOrderId id);

    /// <summary>Every order of this run that is not done, oldest first.</summary>
    IReadOnlyList<Order> Open { get; }

    /// <summary>
    /// Those of <see cref="Open"/> at connections that take no orders now, oldest first: nobody can say what happens to them meanwhile, and they may fill all the
    /// same. They stay with their venue and are followed up when it is back.
    /// </summary>
    IReadOnlyList<Order> Unreachable { get; }

    /// <summary>Every order of this run, oldest first.</summary>
    IReadOnlyList<Order> All { get; }

    /// <summary>Each order change from now on, every event.</summary>
    IAsyncEnumerable<Order> Changes(CancellationToken cancellationToken = default);
}

/// <summary>Follows one order. Its tasks never fail: what happened stands in the order they return.</summary>
public interface IOrderHandle
{
    /// <summary>Our id.</summary>
    ClientOrderId Id { get; }

    /// <summary>The newest state.</summary>
    Order State { get; }

    /// <summary>Ends when the venue has accepted or refused it, or it was denied, or its fate is unknown.</summary>
    Task<Order> Answered { get; }

    /// <summary>Ends when nothing can happen to it any more. An unknown order is not done.</summary>
    Task<Order> Done { get; }

    /// <summary>Asks to cancel it.</summary>
    bool Cancel();
}

/// <summary>Short forms for the usual orders.</summary>
public static class OrdersExtensions
{
    /// <summary>Buys at the market.</summary>
    public static IOrderHandle Buy(this IOrders orders, Symbol symbol, Quantity quantity) => orders.Submit(OrderRequest.Market(symbol, Side.Buy, quantity));

    /// <summary>Buys at a limit price or better.</summary>
    public static IOrderHandle Buy(this IOrders orders, Symbol symbol, Quantity quantity, Price limit) => orders.Submit(OrderRequest.Limit(symbol, Side.Buy, quantity, limit));

    /// <summary>Sells at the market.</summary>
    public static IOrderHandle Sell(this IOrders orders, Symbol symbol, Quantity quantity) => orders.Submit(OrderRequest.Market(symbol, Side.Sell, quantity));

    /// <summary>Sells at a limit price or better.</summary>
    public static IOrderHandle Sell(this IOrders orders, Symbol symbol, Quantity quantity, Price limit) => orders.Submit(OrderRequest.Limit(symbol, Side.Sell, quantity, limit));
}
