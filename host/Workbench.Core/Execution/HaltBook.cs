using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>The markets at which something happened that a person must look at before a new order goes there. Part of the fold; only an operator's decision lifts a halt.</summary>
internal sealed class HaltBook
{
    private readonly Dictionary<(ConnectionId Connection, Symbol Symbol), string> _reasons = [];

    /// <summary>Every halted market with its first reason.</summary>
    public IReadOnlyDictionary<(ConnectionId Connection, Symbol Symbol), string> All => _reasons;

    /// <summary>Why no new order may go there; null when one may.</summary>
    public string? Reason(ConnectionId connection, Symbol symbol) => _reasons.Count == 0 ? null : _reasons.GetValueOrDefault((connection, symbol));

    /// <summary>True when the market of an attempt is halted, or the attempt has none.</summary>
    public bool Has(Attempt attempt) => attempt.Order.Connection is not { } connection || Reason(connection, attempt.Order.Request.Symbol) is not null;

    /// <summary>Halts; the first reason stays.</summary>
    public bool Halt(ConnectionId connection, Symbol symbol, string reason) => _reasons.TryAdd((connection, symbol), reason);

    /// <summary>An operator has looked; false when it was not halted.</summary>
    public bool Lift(ConnectionId connection, Symbol symbol) => _reasons.Remove((connection, symbol));
}
