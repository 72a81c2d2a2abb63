namespace Workbench.Sdk;

/// <summary>How a fault behaves. Everything may be left out; what a fault has no use for is refused. Immutable and safe to share.</summary>
public sealed record FaultSettings
{
    /// <summary>The fault clears itself after it struck this many times; null (the default): it stays until it is cleared.</summary>
    public int? Count { get; init; }

    /// <summary>The fault clears itself after this time; null (the default): it stays until it is cleared.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>How likely it strikes when it could, 0 to 1; null (the default): always. Drawn from the fault seed.</summary>
    public decimal? Chance { get; init; }

    /// <summary>How long, for faults that delay; null takes the fault's own default.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>HTTP status, for faults that answer; null takes the fault's own default.</summary>
    public int? Status { get; init; }

    /// <summary>True strikes before the venue executes the request and instead of it, false after; null takes the fault's own default.</summary>
    public bool? BeforeExecution { get; init; }

    /// <summary>Only what concerns this market; null (the default): all markets.</summary>
    public Symbol? Symbol { get; init; }

    /// <summary>Only requests of these kinds: <c>market-data</c>, <c>orders</c>, <c>cancels</c>, <c>queries</c>, <c>account</c>, <c>streams</c>, <c>user-streams</c>, <c>trade-sockets</c>, with commas between them; null takes the fault's own default.</summary>
    public string? Requests { get; init; }

    /// <summary>Only messages of these channels: <c>book</c>, <c>best</c>, <c>trades</c>, <c>ticker</c>, <c>klines</c>, <c>orders</c>, <c>fills</c>, <c>balances</c>, <c>positions</c>, with commas between them; null takes the fault's own default.</summary>
    public string? Channel { get; init; }

    /// <summary>Any option by its name, as <see cref="ISimulator.Catalogue"/> lists them.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}

/// <summary>A fault and when it is switched on. Immutable and safe to share.</summary>
/// <param name="Connection">The simulated connection it is for.</param>
/// <param name="Fault">Its name.</param>
/// <param name="At">When, counted from the call that schedules it.</param>
public sealed record ScheduledFault(ConnectionId Connection, string Fault, TimeSpan At)
{
    /// <summary>How it behaves; the default leaves everything to the fault.</summary>
    public FaultSettings Settings { get; init; } = new();

    /// <summary>Switched on again and again with this time between; null (the default): once.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Each time may come up to this much later, drawn from the fault seed; zero by default.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>How often it is switched on when it repeats; null (the default): without end.</summary>
    public int? Times { get; init; }
}

/// <summary>A fault as the catalogue describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ids">Its numbers in the fault catalogue, such as <c>N03, N25</c>.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Options">The options it takes.</param>
public sealed record FaultDescription(string Name, string Ids, string Summary, IReadOnlyList<FaultOptionDescription> Options);

/// <summary>An option of a fault.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Type">Its type in words.</param>
/// <param name="Range">Bounds or choices; null where any value of the type will do.</param>
/// <param name="Default">What holds when it is left out; null when there is none.</param>
/// <param name="Description">What it does, in a sentence.</param>
public sealed record FaultOptionDescription(string Name, string Type, string? Range, string? Default, string Description);
