using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Tui.Text;

/// <summary>Numbers and times as the screen writes them; invariant culture, UTC.</summary>
internal static class Show
{
    public const string Nothing = "—";

    public static string Time(Timestamp at) => at.ToDateTimeOffset().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Whole seconds: an age is there to be noticed, not to flicker.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "<1s",
        { TotalSeconds: < 60 } => Invariant($"{age.Seconds}s"),
        { TotalMinutes: < 60 } => Invariant($"{age.Minutes}m{age.Seconds:00}"),
        { TotalHours: < 24 } => Invariant($"{age.Hours}h{age.Minutes:00}"),
        _ => Invariant($"{age.Days}d"),
    };

    public static string Latency(TimeSpan? latency) => latency switch
    {
        null => Nothing,
        { TotalMilliseconds: < 1 } => "<1ms",
        { TotalMilliseconds: < 1000 } value => Invariant($"{value.TotalMilliseconds:0}ms"),
        { } value => Invariant($"{value.TotalSeconds:0.0}s"),
    };

    /// <summary>With exactly so many decimals, so that a column of prices keeps its points in line; more digits are kept rather than rounded.</summary>
    public static string Fixed(decimal value, int decimals) =>
        value.Scale > decimals ? Numbers.Text(value) : value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A profit with its sign, rounded for reading: more decimals the smaller it is.</summary>
    public static string Profit(decimal value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1 => value.ToString("+0.00;-0.00", CultureInfo.InvariantCulture),
        >= 0.0001m => value.ToString("+0.0000;-0.0000", CultureInfo.InvariantCulture),
        _ => value.ToString("+0.00000000;-0.00000000", CultureInfo.InvariantCulture),
    };

    /// <summary>A count with its noun: <c>1 order</c>, <c>2 orders</c>.</summary>
    public static string Count(int count, string noun) => Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");

    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
