namespace Workbench.Simulator.Venues;

/// <summary>Times at which something periodic is due next.</summary>
internal static class Due
{
    /// <summary>Whether it is not due yet. A due time farther off than a period was set before the clock was put back, and says nothing.</summary>
    public static bool IsAhead(long dueMicros, long nowMicros, long periodMicros) => dueMicros > nowMicros && dueMicros - nowMicros <= periodMicros;
}
