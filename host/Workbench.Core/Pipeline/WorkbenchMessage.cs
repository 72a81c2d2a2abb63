using Workbench.Core.Execution;
using Workbench.Sdk;

namespace Workbench.Core.Pipeline;

/// <summary>What travels through the pipeline: facts from outside and what the stages make of them. Immutable and closed.</summary>
public abstract record WorkbenchMessage;

/// <summary>A connector published market data.</summary>
public sealed record MarketDataArrived(MarketEvent Event) : WorkbenchMessage;

/// <summary>What is known of a subscription at a connection is not to be trusted until it is published again: a snapshot for a book, the next event for anything else. Keeps its place among the market data.</summary>
public sealed record MarketDataInterrupted(ConnectionId Connection, MarketSubscription Subscription, string Reason) : WorkbenchMessage;

/// <summary>A read has shown that the newest quote of a subscription is right although the stream was silent or interrupted.</summary>
public sealed record MarketDataProven(ConnectionId Connection, MarketSubscription Subscription) : WorkbenchMessage;

/// <summary>A session of a connection's market stream has ended; nothing more of it follows. Keeps its place among the market data.</summary>
public sealed record MarketStreamEnded(ConnectionId Connection, int Session) : WorkbenchMessage;

/// <summary>A reader has begun to follow a subscription at a connection, or has left it.</summary>
public sealed record ReaderMoved(ConnectionId Connection, MarketSubscription Subscription, bool IsThere) : WorkbenchMessage;

/// <summary>Market data that readers of the symbol's route see, its stamp saying whether it comes from the backup. Emitted by <c>routes</c>.</summary>
public sealed record RoutedMarketData(MarketEvent Event) : WorkbenchMessage;

/// <summary>The order book after a change. Emitted by <c>books</c>.</summary>
public sealed record BookChanged(OrderBook Book, bool IsRouted) : WorkbenchMessage;

/// <summary>A connection is in a new state.</summary>
public sealed record ConnectionReported(ConnectionStatus Status) : WorkbenchMessage;

/// <summary>A readiness check of a connection that may have to take over orders.</summary>
/// <param name="Connection">Which one, in use or standing by.</param>
/// <param name="Symbol">The one market that this is about; null for the connection as a whole.</param>
/// <param name="Problem">Why it could not take orders; null when it could. While this stands, no order is routed there.</param>
public sealed record ReadinessReported(ConnectionId Connection, Symbol? Symbol, string? Problem) : WorkbenchMessage;

/// <summary>A connection has read its venue's instruments.</summary>
public sealed record InstrumentsLoaded(ConnectionId Connection, InstrumentMap Instruments) : WorkbenchMessage;

/// <summary>A connection's venue refused an order for a rule of its market: no more orders there before the rules were read again.</summary>
public sealed record InstrumentQuestioned(ConnectionId Connection, Symbol Symbol, VenueError Refusal) : WorkbenchMessage;

/// <summary>The operator takes a market as the venue lists it now.</summary>
public sealed record InstrumentAccepted(ConnectionId Connection, Symbol Symbol, string By) : WorkbenchMessage;

/// <summary>Something about a connection or one of its markets that a person should know. Emitted by <c>books</c> about instruments, and posted by connections.</summary>
/// <param name="Event">What, with old and new numbers.</param>
/// <param name="IsAlarm">True when somebody has to decide, or something is gone.</param>
public sealed record ConnectionNoticed(ConnectionEvent Event, bool IsAlarm) : WorkbenchMessage;

/// <summary>The venue's balances of some assets.</summary>
public sealed record BalancesReported(ConnectionId Connection, IReadOnlyList<Balance> Balances) : WorkbenchMessage;

/// <summary>The account's open orders and balances were read after the user stream came up; what is unsettled there must be looked up.</summary>
public sealed record AccountSynchronised(ConnectionId Connection) : WorkbenchMessage;

/// <summary>The account's open orders were read while its stream was well: what differs from our knowledge must be looked up.</summary>
public sealed record OpenOrdersRead(ConnectionId Connection, IReadOnlyList<OrderReport> Open) : WorkbenchMessage;

/// <summary>A fact about orders.</summary>
public sealed record OrderFact(ExecutionEvent Event) : WorkbenchMessage;

/// <summary>An order that the risk gate has passed, with the connection it was checked for. Emitted by <c>risk</c>.</summary>
public sealed record OrderApproved(IntentCreated Intent, ConnectionId Target, bool IsBackup) : WorkbenchMessage
{
    /// <summary>The id of the attempt when it is not the first one; null for the first, which has the id of the intent.</summary>
    public ClientOrderId? AttemptId { get; init; }
}

/// <summary>An order whose last attempt came to nothing may be sent once more. Emitted by <c>orders</c>; the gate judges it like a new one.</summary>
public sealed record AttemptWanted(NextAttempt Next) : WorkbenchMessage;

/// <summary>An order is in a new state. Emitted wherever order facts are recorded.</summary>
public sealed record OrderChanged(Order Order) : WorkbenchMessage;

/// <summary>A fill was applied for the first time.</summary>
public sealed record FillApplied(Fill Fill) : WorkbenchMessage;

/// <summary>A position has changed. Emitted by <c>portfolio</c>.</summary>
public sealed record PositionChanged(Position Position) : WorkbenchMessage;

/// <summary>A route has moved. Emitted by <c>routes</c>.</summary>
public sealed record RouteMoved(ConnectionEvent Event) : WorkbenchMessage;

/// <summary>Something about a connection that people should see among its events.</summary>
public sealed record ConnectionTold(ConnectionEvent Event) : WorkbenchMessage;

/// <summary>Something that should not have happened; logged, counted and shown.</summary>
public sealed record AnomalyFound(string Text) : WorkbenchMessage;

/// <summary>Time has passed. The stages have no other clock.</summary>
public sealed record TimePassed(Timestamp At) : WorkbenchMessage;
