using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Faults;

/// <summary>When a fault meets a request.</summary>
internal enum Stage
{
    /// <summary>Before the venue executes it.</summary>
    Before,

    /// <summary>When the venue has executed it and its answer is ready.</summary>
    After,
}

/// <summary>Control frames of a WebSocket.</summary>
[Flags]
internal enum Heartbeats
{
    None = 0,
    Pings = 1,
    Pongs = 2,
}

/// <summary>A fault of the catalogue: what it is called, what it takes and what it does. What it does is one function at most per place.</summary>
public sealed class FaultDefinition
{
    internal FaultDefinition(string name, string ids, string summary)
    {
        Name = name;
        Ids = ids;
        Summary = summary;
    }

    /// <summary>In kebab case.</summary>
    public string Name { get; }

    /// <summary>Its numbers in the fault catalogue of the reliability notes.</summary>
    public string Ids { get; }

    /// <summary>One sentence.</summary>
    public string Summary { get; }

    /// <summary>Every option it takes, the common ones included.</summary>
    public IReadOnlyList<FaultOption> Options => field ??= [.. Own, .. CommonOptions.Of(this)];

    /// <summary>Options of this fault alone.</summary>
    internal IReadOnlyList<FaultOption> Own { get; init; } = [];

    /// <summary>The requests it strikes unless told otherwise; none when it does not look at requests.</summary>
    internal RequestKinds Requests { get; init; }

    /// <summary>The messages it strikes unless told otherwise; none when it does not look at messages.</summary>
    internal FrameKinds Frames { get; init; }

    /// <summary>It rewrites an HTTP answer, which a socket has not got.</summary>
    internal bool IsHttpOnly { get; init; }

    /// <summary>It takes a symbol.</summary>
    internal bool HasSymbol { get; init; } = true;

    /// <summary>It holds without a break, so that counting its strikes would mean nothing.</summary>
    internal bool IsSteady { get; init; }

    /// <summary>Streams are silent: a tape waits.</summary>
    internal bool StallsStreams { get; init; }

    /// <summary>New connections are accepted and nothing is read from them.</summary>
    internal bool SwallowsConnections { get; init; }

    /// <summary>Heartbeats that connections do not send.</summary>
    internal Heartbeats Withholds { get; init; }

    /// <summary>It looks at messages even after its last strike, because it holds some back.</summary>
    internal bool Lingers { get; init; }

    /// <summary>It must know the symbol of a request although it is not limited to one.</summary>
    internal bool NeedsSymbol { get; init; }

    internal Func<ActiveFault, Stage> Stage { get; init; } = static _ => Faults.Stage.Before;

    /// <summary>Whether it looks at this request at all; asked before it strikes.</summary>
    internal Func<ActiveFault, Exchange, bool>? Wants { get; init; }

    /// <summary>What it does with a request.</summary>
    internal Func<ActiveFault, Exchange, ValueTask>? OnRequest { get; init; }

    /// <summary>What it does with an outgoing message.</summary>
    internal Action<ActiveFault, FramePost>? OnFrame { get; init; }

    /// <summary>Whether a query at that time (Unix microseconds) must not see an order and its fills.</summary>
    internal Func<ActiveFault, Order, long, bool>? Hides { get; init; }

    /// <summary>What it does with a new WebSocket.</summary>
    internal Action<ActiveFault, IFaultySocket>? OnConnect { get; init; }

    /// <summary>What is in the way of it here, in words; null when it can act.</summary>
    internal Func<ActiveFault, FaultTargets, string?>? Check { get; init; }

    /// <summary>It is over with its injection.</summary>
    internal Func<ActiveFault, bool>? IsOneShot { get; init; }

    /// <summary>Changes the venue, and says how to change it back.</summary>
    internal Func<ActiveFault, FaultTargets, CancellationToken, Task<Func<CancellationToken, Task>>>? Start { get; init; }

    internal static Task<Func<CancellationToken, Task>> NothingToUndo => Undo(static () => { });

    internal static Task<Func<CancellationToken, Task>> Undo(Action undo) => Task.FromResult<Func<CancellationToken, Task>>(_ =>
    {
        undo();
        return Task.CompletedTask;
    });
}
