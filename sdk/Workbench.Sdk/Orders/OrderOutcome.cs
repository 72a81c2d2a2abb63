namespace Workbench.Sdk;

/// <summary>What is known after a trading call. Only <see cref="NotSent"/> and <see cref="Rejected"/> allow another attempt; nothing turns <see cref="Unknown"/> into a guess.</summary>
public abstract record OrderOutcome
{
    private OrderOutcome()
    {
    }

    /// <summary>No byte of the request left this host.</summary>
    /// <param name="Proof">How that is known, such as a refused connection or a byte counter at zero.</param>
    public sealed record NotSent(VenueError Proof) : OrderOutcome;

    /// <summary>The venue said no, in a documented and readable answer; nothing changed at the venue.</summary>
    /// <param name="Error">What the venue said.</param>
    public sealed record Rejected(VenueError Error) : OrderOutcome;

    /// <summary>The venue took it.</summary>
    /// <param name="Report">What the venue said about the order, with the client order id it answered for.</param>
    /// <param name="Fills">Fills that came with the answer; they may come again on the user stream.</param>
    public sealed record Accepted(OrderReport Report, IReadOnlyList<FillReport> Fills) : OrderOutcome;

    /// <summary>The request may or may not have had an effect: a lost answer, a server error, an unreadable body.</summary>
    /// <param name="Reason">What was observed.</param>
    public sealed record Unknown(VenueError Reason) : OrderOutcome;

    /// <summary>
    /// Only for an amendment that the venue makes by cancelling the order and placing another: the two are not one step, and each may have come to anything. An
    /// amendment that came to <see cref="NotSent"/> or <see cref="Rejected"/> as a whole changed nothing, and one that is <see cref="Unknown"/> as a whole leaves both unknown.
    /// </summary>
    /// <param name="Cancel">What became of the old order's cancel.</param>
    /// <param name="Placement">What became of the new order, which has an id of its own; rejected where the venue did not try.</param>
    public sealed record Replaced(OrderOutcome Cancel, OrderOutcome Placement) : OrderOutcome;
}
