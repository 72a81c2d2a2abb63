using System.Globalization;

namespace Workbench.Simulator.Faults;

/// <summary>How a fault behaves. Everything may be left out; what a fault has no use for is refused.</summary>
public sealed record FaultOptions
{
    /// <summary>The fault clears itself after it struck this many times; null: until cleared.</summary>
    public int? Count { get; init; }

    /// <summary>The fault clears itself after this time.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>How likely it strikes when it could, 0 to 1; drawn from the fault's seed.</summary>
    public decimal? Chance { get; init; }

    /// <summary>How long, for faults that delay.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>HTTP status, for faults that answer.</summary>
    public int? Status { get; init; }

    /// <summary>Strike before the request is executed, and do not execute it.</summary>
    public bool? BeforeExecution { get; init; }

    /// <summary>Only what concerns this symbol, in the venue's own spelling.</summary>
    public string? Symbol { get; init; }

    /// <summary>Only requests of these kinds, such as <c>orders,cancels</c>.</summary>
    public string? Requests { get; init; }

    /// <summary>Only messages of these channels, such as <c>book,trades</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>Any option by its name.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();

    /// <summary>The options as texts, the form in which files and the control port give them.</summary>
    internal IEnumerable<KeyValuePair<string, string>> ToTexts()
    {
        (string Name, string? Text)[] named =
        [
            ("count", Count?.ToString(CultureInfo.InvariantCulture)),
            ("for", For is { } time ? FaultText.Show(time) : null),
            ("chance", Chance?.ToString(CultureInfo.InvariantCulture)),
            ("delay", Delay is { } delay ? FaultText.Show(delay) : null),
            ("status", Status?.ToString(CultureInfo.InvariantCulture)),
            ("before", BeforeExecution is { } before ? (before ? "true" : "false") : null),
            ("symbol", Symbol),
            ("requests", Requests),
            ("channel", Channel),
        ];
        return named.Where(n => n.Text is not null).Select(n => KeyValuePair.Create(n.Name, n.Text!)).Concat(More);
    }
}
