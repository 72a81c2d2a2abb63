using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>A fact about orders, as it is journaled and folded into the state of <see cref="ExecutionCore"/>. Closed: a new case is a compiler warning where events are handled.</summary>
/// <param name="At">When this host learnt of it.</param>
public abstract record ExecutionEvent(Timestamp At);

/// <summary>This host began to write. Whatever was in flight before is unknown now.</summary>
public sealed record EpochStarted(Timestamp At, int Epoch) : ExecutionEvent(At);

/// <summary>Somebody asked for an order.</summary>
/// <param name="At">When.</param>
/// <param name="Id">The id of the order and of its first attempt on the wire.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Origin">Who asked, such as <c>script quickstart.csx</c>.</param>
public sealed record IntentCreated(Timestamp At, ClientOrderId Id, OrderRequest Request, string Origin) : ExecutionEvent(At)
{
    /// <summary>How many attempts may be made for it, one after the other; at least one.</summary>
    public int MaxAttempts { get; init; } = 1;
}

/// <summary>The risk gate or the router said no to an order, or to another attempt for it; nothing was sent.</summary>
public sealed record IntentDenied(Timestamp At, ClientOrderId Id, string Code, string Reason) : ExecutionEvent(At);

/// <summary>Decided to the last field and about to be sent. Durable before the first byte leaves.</summary>
/// <param name="At">When.</param>
/// <param name="Id">The intent.</param>
/// <param name="Connection">Where it goes.</param>
/// <param name="IsBackup">True when that is not the primary of its route.</param>
/// <param name="IsSimulated">True when that is simulated.</param>
/// <param name="Order">What is sent, under the id of the attempt: that of the intent for the first, and counted up for each further one.</param>
public sealed record AttemptPrepared(Timestamp At, ClientOrderId Id, ConnectionId Connection, bool IsBackup, bool IsSimulated, NewOrder Order) : ExecutionEvent(At);

/// <summary>What became of the send with this id.</summary>
public sealed record AttemptAnswered(Timestamp At, ClientOrderId Id, OrderOutcome Outcome) : ExecutionEvent(At);

/// <summary>The venue said something about an order, on the user stream or in answer to a listing.</summary>
public sealed record OrderReported(Timestamp At, ConnectionId Connection, OrderReport Report) : ExecutionEvent(At);

/// <summary>The venue reported an execution.</summary>
public sealed record FillReported(Timestamp At, ConnectionId Connection, FillReport Fill) : ExecutionEvent(At);

/// <summary>Somebody asked to cancel an order.</summary>
public sealed record CancelRequested(Timestamp At, ClientOrderId Id, string Origin) : ExecutionEvent(At);

/// <summary>What became of the cancel.</summary>
public sealed record CancelAnswered(Timestamp At, ClientOrderId Id, OrderOutcome Outcome) : ExecutionEvent(At);

/// <summary>The venue was asked about one order: its word, or null when it does not know the order, or a failed read.</summary>
/// <param name="At">When the answer was there.</param>
/// <param name="Id">Which.</param>
/// <param name="Answer">What was read.</param>
/// <param name="AskedAt">When the question left this host. An absence proves something only when it was asked late enough.</param>
public sealed record OrderLookedUp(Timestamp At, ClientOrderId Id, ReadResult<OrderReport?> Answer, Timestamp AskedAt) : ExecutionEvent(At);

/// <summary>It is proven that an unknown order does not exist at the venue and never will.</summary>
/// <param name="At">When.</param>
/// <param name="Id">Which.</param>
/// <param name="Evidence">The reads and times that prove it.</param>
public sealed record DeadProven(Timestamp At, ClientOrderId Id, string Evidence) : ExecutionEvent(At);

/// <summary>The kill switch is engaged, at this level at least.</summary>
/// <param name="At">When.</param>
/// <param name="Level">How far it goes.</param>
/// <param name="By">Who did.</param>
/// <param name="Reason">Why.</param>
public sealed record KillEngaged(Timestamp At, KillLevel Level, string By, string Reason) : ExecutionEvent(At);

/// <summary>An operator has cleared the kill switch.</summary>
public sealed record KillCleared(Timestamp At, string By) : ExecutionEvent(At);

/// <summary>The limits of the risk gate differ from those of the start before.</summary>
/// <param name="At">When.</param>
/// <param name="Before">The limits before, by name; empty at the first start.</param>
/// <param name="After">The limits from here on.</param>
public sealed record LimitChanged(Timestamp At, string Before, string After) : ExecutionEvent(At);
