namespace Workbench.Simulator.Matching;

/// <summary>
/// The money behind a book: spot exchanges two assets, a margin book moves a position. Chosen per book with
/// <see cref="MatchingEngine.List"/>; called inside an engine step. House accounts are settled like others.
/// </summary>
internal interface ISettlement
{
    /// <summary>Whether the account can afford (and, reduce-only, may place) an order; nothing changes.</summary>
    Rejection Admit(Account account, OrderBook book, NewOrder request);

    /// <summary>The same for new terms of an open order.</summary>
    Rejection AdmitAmend(Order order, decimal quantity, decimal price);

    /// <summary>Whether an untriggered order whose trigger was reached can be afforded now; <see cref="CloseReason.None"/> when it can.</summary>
    CloseReason AdmitWork(Order order);

    /// <summary>The same for a pending order that takes its turn, to work or to wait for its trigger.</summary>
    CloseReason AdmitPending(Order order);

    /// <summary>
    /// Makes what is locked for an open order what its present status, price and remaining quantity need. Called after it was
    /// accepted, triggered, placed, amended or reduced.
    /// </summary>
    void Reserve(Order order, EngineStep step);

    /// <summary>Gives back what is locked for an order that has just ended.</summary>
    void Release(Order order, EngineStep step);

    /// <summary>Moves the money of one fill and returns the fee. The order's executed amounts do not contain the fill yet.</summary>
    Fee Settle(Order order, decimal price, decimal quantity, bool isMaker, EngineStep step, long nowMicros);

    /// <summary>How much of <paramref name="quantity"/> a reduce-only order may still trade; 0 ends it.</summary>
    decimal Reducible(Order order, decimal quantity);
}

/// <summary>What one fill cost; a negative amount was paid to the account.</summary>
internal readonly record struct Fee(decimal Amount, string Asset, decimal Rate);
