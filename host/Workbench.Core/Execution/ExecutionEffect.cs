using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Something the host must do because of an event. Performed only after the events before it are durable.</summary>
public abstract record ExecutionEffect(ConnectionId Connection);

/// <summary>Send one order; exactly one request on the wire.</summary>
public sealed record SendOrder(ConnectionId Connection, NewOrder Order) : ExecutionEffect(Connection);

/// <summary>Send one cancel.</summary>
public sealed record SendCancel(ConnectionId Connection, OrderReference Order) : ExecutionEffect(Connection);

/// <summary>Ask the venue about one order, and for its fills.</summary>
public sealed record LookUpOrder(ConnectionId Connection, OrderReference Order) : ExecutionEffect(Connection);

/// <summary>Tell that the journal holds the kill switch as it stands; null for cleared.</summary>
public sealed record KillJournaled(KillStatus? Status) : ExecutionEffect(default(ConnectionId));
