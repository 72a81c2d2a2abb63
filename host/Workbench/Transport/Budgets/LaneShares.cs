using Workbench.Sdk;

namespace Workbench.Transport.Budgets;

/// <summary>How far each lane may fill a window that lanes share: what is more urgent finds room that nothing less urgent can take.</summary>
internal static class LaneShares
{
    /// <summary>Market data and account reads are throttled first.</summary>
    public const int ReadPercent = 70;

    /// <summary>New orders and amendments.</summary>
    public const int OrderPercent = 85;

    /// <summary>Look-ups of unknown orders. What is left above is for cancels alone.</summary>
    public const int LookUpPercent = 95;

    /// <summary>So many cancels may be tried during one pause of a venue: each may be what ends a loss, and a handful is no hammering.</summary>
    public const int CancelsPerPause = 5;

    /// <summary>The most that a lane may fill of a window; never nothing, or a small limit would shut a lane for ever.</summary>
    public static long CeilingOf(long most, RequestLane lane) => lane switch
    {
        RequestLane.Cancel => most,
        RequestLane.LookUp => Part(most, LookUpPercent),
        RequestLane.Order => Part(most, OrderPercent),
        _ => Part(most, ReadPercent),
    };

    private static long Part(long most, int percent) => Math.Max(1, most * percent / 100);
}
