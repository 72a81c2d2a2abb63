namespace Workbench.Simulator.Faults;

/// <summary>A fault and when it is switched on. How long it lasts and how often it strikes are options of the fault.</summary>
public sealed record FaultPlan
{
    private static readonly string[] Words = ["at", "every", "jitter", "times", "venue", "fault"];

    /// <summary>The name of a fault in the catalogue.</summary>
    public required string Fault { get; init; }

    /// <summary>The venue it is for; null: all of them.</summary>
    public string? Venue { get; init; }

    /// <summary>After the schedule began.</summary>
    public TimeSpan At { get; init; }

    /// <summary>Switched on again and again with this time between; null: once.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Each time may come up to this much later; drawn from the fault seed.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>How often it is switched on when it repeats; null: without end.</summary>
    public int? Times { get; init; }

    /// <summary>Options of the fault, as texts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Options { get; init; } = [];

    /// <summary>Reads an entry as files and the control port write it: the words of a plan and, beside them, the options of the fault.</summary>
    /// <returns>The plan, or what is wrong and at which key (null: the entry as a whole).</returns>
    public static (FaultPlan? Plan, string? Key, string? Problem) Read(IReadOnlyList<KeyValuePair<string, string>> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var words = entry.Where(e => Words.Contains(e.Key)).ToDictionary(e => e.Key, e => e.Value);
        if (!words.TryGetValue("fault", out var name))
        {
            return (null, null, "needs a fault");
        }

        if (FaultCatalogue.Problem(name) is { } unknown)
        {
            return (null, "fault", unknown);
        }

        var fault = FaultCatalogue.Find(name);
        List<KeyValuePair<string, string>> options = [.. entry.Where(e => !Words.Contains(e.Key))];
        foreach (var (key, text) in options)
        {
            if (FaultValues.Problem(fault, key, text, out _) is { } problem)
            {
                return (null, key, fault.Options.Any(o => o.Name == key) ? problem : $"{problem[..problem.IndexOf(key, StringComparison.Ordinal)]}{key}'{Nearest.Hint(key, [.. Words, .. fault.Options.Select(o => o.Name)])}");
            }
        }

        return ReadTimes(words, new FaultPlan { Fault = name, Venue = words.GetValueOrDefault("venue"), Options = options });
    }

    private static (FaultPlan? Plan, string? Key, string? Problem) ReadTimes(Dictionary<string, string> words, FaultPlan plan)
    {
        foreach (var word in (string[])["at", "every", "jitter"])
        {
            if (words.TryGetValue(word, out var text) && !(FaultText.Duration(text) >= (word == "every" ? TimeSpan.FromMilliseconds(1) : TimeSpan.Zero)))
            {
                return (null, word, $"{word} '{text}' is not a duration such as 250ms, 30s, 5m or 1h");
            }
        }

        var times = 0;
        if (words.TryGetValue("times", out var count) && (!int.TryParse(count, System.Globalization.CultureInfo.InvariantCulture, out times) || times < 1))
        {
            return (null, "times", $"times '{count}' is not a whole number of at least 1");
        }

        TimeSpan? Time(string word) => words.TryGetValue(word, out var text) ? FaultText.Duration(text) : null;
        return (plan with { At = Time("at") ?? TimeSpan.Zero, Every = Time("every"), Jitter = Time("jitter") ?? TimeSpan.Zero, Times = times == 0 ? null : times }, null, null);
    }
}
