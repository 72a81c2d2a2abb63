namespace Workbench.Simulator.Venues;

/// <summary>Bar lengths. Weeks begin on Monday, months on their first day, in a time zone that is some time ahead of UTC.</summary>
internal readonly record struct CandleInterval(long Millis, bool IsMonth = false, long OffsetMillis = 0)
{
    private const long Week = 7L * 86_400_000;

    // The epoch was a Thursday.
    private const long FirstMonday = 4L * 86_400_000;

    public long OpenOf(long millis)
    {
        var local = millis + OffsetMillis;
        if (IsMonth)
        {
            var date = DateTimeOffset.FromUnixTimeMilliseconds(local);
            return new DateTimeOffset(date.Year, date.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() - OffsetMillis;
        }

        var origin = Millis == Week ? FirstMonday : 0;
        return millis - Remainder(local - origin);
    }

    public long CloseOf(long open) => IsMonth
        ? DateTimeOffset.FromUnixTimeMilliseconds(open + OffsetMillis).AddMonths(1).ToUnixTimeMilliseconds() - OffsetMillis - 1
        : open + Millis - 1;

    private long Remainder(long value) => ((value % Millis) + Millis) % Millis;
}
