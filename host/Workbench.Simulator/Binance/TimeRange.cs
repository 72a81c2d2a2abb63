namespace Workbench.Simulator.Binance;

/// <summary>The <c>startTime</c>/<c>endTime</c> pair of list queries, both inclusive, at most 24 hours apart.</summary>
internal static class TimeRange
{
    private const long DayMillis = 86_400_000;

    public static ApiError? Check(long? from, long? to) =>
        to - from > DayMillis ? new ApiError(-1127, "More than 24 hours between startTime and endTime.") : null;

    public static bool Contains(long? from, long? to, long millis) =>
        millis >= (from ?? long.MinValue) && millis <= (to ?? long.MaxValue);
}
