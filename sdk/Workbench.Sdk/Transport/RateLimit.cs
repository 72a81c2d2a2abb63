namespace Workbench.Sdk;

/// <summary>Whom a venue counts.</summary>
public enum RateScope
{
    /// <summary>The network address that requests come from: every connection of this host to the venue draws on it, whatever its key.</summary>
    Address,

    /// <summary>The API key, standing for its account: every connection with that key draws on it. Two keys of one account are counted apart until the venue's own numbers say otherwise.</summary>
    Key,
}

/// <summary>How a venue cuts time into windows.</summary>
public enum RateWindowKind
{
    /// <summary>Fixed windows that begin with the venue's clock, such as with each full minute; the count starts at zero with each.</summary>
    Aligned,

    /// <summary>At every moment the window reaches back by its length.</summary>
    Sliding,
}

/// <summary>One thing that a venue counts, such as request weight per address or placed orders per key.</summary>
/// <param name="Scope">Whom it counts.</param>
/// <param name="Name">The dialect's name for it, shown to people; keep it a constant, it is compared on every request.</param>
public readonly record struct RateClass(RateScope Scope, string Name)
{
    /// <summary>New connections from this address, HTTP and WebSocket alike. The host draws on it by itself with each connect.</summary>
    public static RateClass Connects { get; } = new(RateScope.Address, "connects");
}

/// <summary>What a venue allows of one class in one window. A class may have several windows.</summary>
public sealed record RateLimit
{
    /// <summary>What is counted.</summary>
    public required RateClass Class { get; init; }

    /// <summary>The most in one window; greater than zero.</summary>
    public required int Most { get; init; }

    /// <summary>Length of the window: 100 ms to 31 days.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>How the venue cuts its windows.</summary>
    public required RateWindowKind Kind { get; init; }

    /// <summary>True, the default, keeps shares of the window for the more urgent lanes. False for what only one lane uses, such as a venue's count of placed orders.</summary>
    public bool KeepsReserve { get; init; } = true;
}

/// <summary>What a request costs of one class.</summary>
/// <param name="Class">What is counted.</param>
/// <param name="Weight">How much; not negative.</param>
public readonly record struct RateCost(RateClass Class, int Weight);
