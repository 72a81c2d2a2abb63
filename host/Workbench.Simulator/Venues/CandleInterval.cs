namespace Workbench.Simulator.Venues;

/// <summary>Bar lengths. Weeks begin on Monday, months on their first day, all in UTC.</summary>
internal readonly record struct CandleInterval(long Millis, bool IsMonth = false)
{
    private const long Week = 7L * 86_400_000;

    // The epoch was a Thursday.
    private const long FirstMonday = 4L * 86_400_000;

    public long OpenOf(long millis)
    {
        if (IsMonth)
        {
            var date = DateTimeOffset.FromUnixTimeMilliseconds(millis);
            return new DateTimeOffset(date.Year, date.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        }

        var origin = Millis == Week ? FirstMonday : 0;
        return millis - Remainder(millis - origin);
    }

    public long CloseOf(long open) => IsMonth
        ? DateTimeOffset.FromUnixTimeMilliseconds(open).AddMonths(1).ToUnixTimeMilliseconds() - 1
        : open + Millis - 1;

    private long Remainder(long value) => ((value % Millis) + Millis) % Millis;
}
