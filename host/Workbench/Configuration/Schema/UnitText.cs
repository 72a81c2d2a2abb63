namespace Workbench.Configuration.Schema;

/// <summary>Reads a number with a unit, such as <c>250ms</c> or <c>10MB</c>, into a whole count of the smallest unit.</summary>
internal sealed class UnitText(string noun, IReadOnlyList<(string Name, decimal Size)> units, string examples)
{
    /// <summary>Durations, in ticks.</summary>
    public static readonly UnitText Duration = new(
        "duration",
        [
            ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute),
            ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay),
        ],
        "250ms, 5s, 2m, 1h or 14d");

    /// <summary>Sizes, in bytes.</summary>
    public static readonly UnitText Size = new(
        "size",
        [
            ("B", 1), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
            ("KiB", 1_024), ("MiB", 1_048_576), ("GiB", 1_073_741_824),
        ],
        "500KB, 10MB or 1GB");

    public Parsed<long> Parse(string text, long min, long max)
    {
        var length = text.AsSpan().IndexOfAnyExcept("0123456789.-");
        var unit = length < 0 ? "" : text[length..];
        var number = length <= 0 ? null : NumberText.Parse(text[..length]);
        var size = units.FirstOrDefault(u => u.Name == unit).Size;
        if (number is null || size == 0)
        {
            var why = length < 0 && NumberText.Parse(text) is not null ? "has no unit" : $"is not a {noun}";
            return Parsed<long>.Bad($"{why}; write {examples}");
        }

        // The largest allowed counts are far below what a decimal holds, so a product that would overflow is simply too large.
        var count = number.Value > long.MaxValue / size ? decimal.MaxValue : number.Value < 0 ? -1 : number.Value * size;
        if (NumberText.OutOf(count, min, max, c => Show((long)c)) is { } problem)
        {
            return Parsed<long>.Bad(problem);
        }

        return decimal.IsInteger(count)
            ? Parsed<long>.Ok((long)count)
            : Parsed<long>.Bad($"is finer than a {noun} can be");
    }

    /// <summary>The count in the largest unit that writes it without a fraction.</summary>
    public string Show(long count)
    {
        var best = units.Where(u => count % u.Size == 0 && count >= u.Size).OrderByDescending(u => u.Size).FirstOrDefault(units[0]);
        return NumberText.Show(count / best.Size) + best.Name;
    }
}
