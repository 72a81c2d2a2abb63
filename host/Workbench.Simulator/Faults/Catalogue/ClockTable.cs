namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Faults of the venue's clock: in its answers, its events and its judgement of timestamps alike.</summary>
internal static class ClockTable
{
    private static readonly FaultOption<TimeSpan> Offset = FaultOption.Duration("offset", "-1d", "1d", "2s", "How far the clock is ahead; negative: behind.");
    private static readonly FaultOption<TimeSpan> Jump = FaultOption.Duration("by", "-1d", "1d", "10s", "How far the clock jumps; negative: back.");
    private static readonly FaultOption<TimeSpan> Drift = FaultOption.Duration("per-second", "-500ms", "1s", "10ms", "How much the clock gains each second; negative: loses.");

    public static IEnumerable<FaultDefinition> All =>
    [
        Clock("clock-skew", "E07", "The venue's clock is off.", Offset, static (value, _) => value.Ticks / TimeSpan.TicksPerMicrosecond),
        Clock("clock-jump", "E07, P22", "The venue's clock jumps and stays so until the fault is cleared.", Jump, static (value, _) => value.Ticks / TimeSpan.TicksPerMicrosecond),
        Clock("clock-drift", "E07", "The venue's clock runs fast or slow.", Drift, static (value, elapsed) => (long)(elapsed.TotalSeconds * value.TotalMicroseconds)),
    ];

    private static FaultDefinition Clock(string name, string ids, string summary, FaultOption<TimeSpan> option, Func<TimeSpan, TimeSpan, long> error) => new(name, ids, summary)
    {
        Own = [option],
        IsSteady = true,
        HasSymbol = false,
        Check = static (_, targets) => targets.Venue is null ? "the venue has no clock" : null,
        Start = (fault, targets, _) =>
        {
            var (time, value) = (fault.Lab.Time, fault.Get(option));
            var start = time.GetTimestamp();
            targets.Venue!.Clock.Disturb(fault, () => error(value, time.GetElapsedTime(start)));
            return FaultDefinition.Undo(() => targets.Venue.Clock.Disturb(fault, null));
        },
    };
}
