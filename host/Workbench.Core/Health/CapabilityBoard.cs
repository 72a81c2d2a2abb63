using Workbench.Sdk;

namespace Workbench.Core.Health;

/// <summary>The newest health of each capability, with the moment each came into its state. Its owner's lock guards it.</summary>
internal sealed class CapabilityBoard
{
    private static readonly ConnectionCapability[] All = Enum.GetValues<ConnectionCapability>();

    private readonly (CapabilityState State, Timestamp Since)[] _states = new (CapabilityState, Timestamp)[All.Length];
    private readonly CallFigures[] _figures = new CallFigures[All.Length];

    public CapabilityBoard(Timestamp now)
    {
        foreach (var capability in All)
        {
            _states[(int)capability] = (CapabilityState.Starting, now);
        }
    }

    /// <summary>The figures of the last <see cref="Read"/>.</summary>
    public CallFigures this[ConnectionCapability capability] => _figures[(int)capability];

    /// <summary>Takes new figures of the traffic.</summary>
    public void Read(ConnectionTraffic traffic)
    {
        foreach (var capability in All)
        {
            _figures[(int)capability] = traffic.Read(capability);
        }
    }

    /// <summary>Judges every capability anew, so that each state has the moment it began.</summary>
    public void Judge(Diagnosis diagnosis, Timestamp now)
    {
        foreach (var capability in All)
        {
            var state = CapabilityDiagnosis.Of(capability, diagnosis, this[capability]).State;
            if (state != _states[(int)capability].State)
            {
                _states[(int)capability] = (state, now);
            }
        }
    }

    /// <summary>Everything, for somebody who asks.</summary>
    public IReadOnlyList<CapabilityHealth> Describe(Diagnosis diagnosis) =>
    [
        .. All.Select(capability =>
        {
            var figures = this[capability];
            var (state, reason) = CapabilityDiagnosis.Of(capability, diagnosis, figures);
            return new CapabilityHealth
            {
                Capability = capability,
                State = state,
                Reason = reason,
                Since = _states[(int)capability].Since,
                P50 = figures.P50,
                P95 = figures.P95,
                P99 = figures.P99,
                ErrorRate = (decimal?)figures.ErrorRate,
                Count = figures.Count,
                LocalFailures = figures.Ours,
                Window = CallWindow.Length,
            };
        }),
    ];
}
