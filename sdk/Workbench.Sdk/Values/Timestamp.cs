using System.Globalization;

namespace Workbench.Sdk;

/// <summary>A moment in UTC with nanosecond resolution. A label for people and venues; deadlines are measured with <see cref="TimeProvider.GetTimestamp"/>.</summary>
/// <param name="UnixNanoseconds">Nanoseconds since 1970-01-01T00:00:00Z.</param>
public readonly record struct Timestamp(long UnixNanoseconds) : IComparable<Timestamp>
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z, rounded down.</summary>
    public long UnixMilliseconds => (UnixNanoseconds / 1_000_000) - (UnixNanoseconds % 1_000_000 < 0 ? 1 : 0);

    /// <summary>The current moment of a clock.</summary>
    public static Timestamp Now(TimeProvider time) => From(time.GetUtcNow());

    /// <summary>Converts from a date; resolution 100 ns.</summary>
    /// <exception cref="OverflowException">The moment lies before 1678 or after 2261.</exception>
    public static Timestamp From(DateTimeOffset date) => new((date.UtcTicks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick);

    /// <summary>Converts from milliseconds since 1970, as most venues write time.</summary>
    /// <exception cref="OverflowException">The moment lies before 1678 or after 2261.</exception>
    public static Timestamp FromUnixMilliseconds(long milliseconds) => new(milliseconds * 1_000_000);

    /// <summary>Converts from microseconds since 1970.</summary>
    /// <exception cref="OverflowException">The moment lies before 1678 or after 2261.</exception>
    public static Timestamp FromUnixMicroseconds(long microseconds) => new(microseconds * 1_000);

    /// <summary>The same moment as a date; resolution 100 ns.</summary>
    public DateTimeOffset ToDateTimeOffset() => new(DateTime.UnixEpoch.Ticks + (UnixNanoseconds / NanosecondsPerTick), TimeSpan.Zero);

    /// <inheritdoc />
    public int CompareTo(Timestamp other) => UnixNanoseconds.CompareTo(other.UnixNanoseconds);

    /// <summary>The time that passed between two moments; resolution 100 ns.</summary>
    public static TimeSpan operator -(Timestamp left, Timestamp right) => TimeSpan.FromTicks((left.UnixNanoseconds - right.UnixNanoseconds) / NanosecondsPerTick);

    /// <summary>A later moment.</summary>
    public static Timestamp operator +(Timestamp left, TimeSpan right) => new(left.UnixNanoseconds + (right.Ticks * NanosecondsPerTick));

    /// <summary>True when the left moment is earlier.</summary>
    public static bool operator <(Timestamp left, Timestamp right) => left.UnixNanoseconds < right.UnixNanoseconds;

    /// <summary>True when the left moment is later.</summary>
    public static bool operator >(Timestamp left, Timestamp right) => left.UnixNanoseconds > right.UnixNanoseconds;

    /// <summary>True when the left moment is not later.</summary>
    public static bool operator <=(Timestamp left, Timestamp right) => left.UnixNanoseconds <= right.UnixNanoseconds;

    /// <summary>True when the left moment is not earlier.</summary>
    public static bool operator >=(Timestamp left, Timestamp right) => left.UnixNanoseconds >= right.UnixNanoseconds;

    /// <summary>ISO 8601 with milliseconds, such as <c>2024-08-08T23:54:13.937Z</c>.</summary>
    public override string ToString() => ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
