namespace Workbench.Simulator.Faults;

/// <summary>The faults that are on, sorted by where they act. Immutable: a change is a new one.</summary>
internal sealed class LiveFaults
{
    public static readonly LiveFaults None = new([], []);
    private readonly ActiveFault[] _lingering;

    private LiveFaults(ActiveFault[] all, ActiveFault[] lingering)
    {
        _lingering = lingering;
        All = all;
        Requests = [.. all.Where(f => f.Definition.OnRequest is not null)];
        Frames = [.. all.Where(f => f.Definition.OnFrame is not null), .. lingering];
        Connections = [.. all.Where(f => f.Definition.OnConnect is not null)];
        Withholds = all.Aggregate(Heartbeats.None, static (all, fault) => all | fault.Definition.Withholds);
        StallsStreams = all.Any(f => f.Definition.StallsStreams && f.Symbol is null);
    }

    public ActiveFault[] All { get; }
    public ActiveFault[] Requests { get; }

    /// <summary>Also those that are spent and hold messages back.</summary>
    public ActiveFault[] Frames { get; }

    public ActiveFault[] Connections { get; }
    public Heartbeats Withholds { get; }
    public bool StallsStreams { get; }

    public LiveFaults With(ActiveFault fault) => new([.. All, fault], _lingering);

    /// <summary>It has struck for the last time.</summary>
    public LiveFaults Spent(ActiveFault fault) =>
        Of(Except(All, fault), fault.Definition.Lingers ? [.. _lingering, fault] : _lingering);

    public LiveFaults Without(ActiveFault fault) => Of(Except(All, fault), Except(_lingering, fault));

    private static LiveFaults Of(ActiveFault[] all, ActiveFault[] lingering) => all.Length + lingering.Length == 0 ? None : new LiveFaults(all, lingering);

    private static ActiveFault[] Except(ActiveFault[] faults, ActiveFault fault) => [.. faults.Where(f => !ReferenceEquals(f, fault))];
}
