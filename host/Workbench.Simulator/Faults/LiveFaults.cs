namespace Workbench.Simulator.Faults;

/// <summary>The faults that are on, sorted by where they act. Immutable: a change is a new one.</summary>
internal sealed class LiveFaults
{
    public static readonly LiveFaults None = new([]);

    private LiveFaults(ActiveFault[] all)
    {
        All = all;
        Requests = [.. all.Where(f => f.Definition.OnRequest is not null)];
        Frames = [.. all.Where(f => f.Definition.OnFrame is not null)];
        Connections = [.. all.Where(f => f.Definition.OnConnect is not null)];
        Withholds = all.Aggregate(Heartbeats.None, static (all, fault) => all | fault.Definition.Withholds);
        StallsStreams = all.Any(f => f.Definition.StallsStreams && f.Symbol is null);
    }

    public ActiveFault[] All { get; }
    public ActiveFault[] Requests { get; }
    public ActiveFault[] Frames { get; }
    public ActiveFault[] Connections { get; }
    public Heartbeats Withholds { get; }
    public bool StallsStreams { get; }

    public LiveFaults With(ActiveFault fault) => new([.. All, fault]);

    public LiveFaults Without(ActiveFault fault)
    {
        ActiveFault[] left = [.. All.Where(f => !ReferenceEquals(f, fault))];
        return left.Length == 0 ? None : new LiveFaults(left);
    }
}
