namespace Workbench.Sdk;

/// <summary>What a connector can do, declared by its author and tested by the conformance kit; nothing is discovered by trial.</summary>
public sealed record ConnectorManifest
{
    /// <summary>The venue it speaks to.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>The market channels it can stream.</summary>
    public required IReadOnlySet<MarketChannel> Channels { get; init; }

    /// <summary>The longest client order id the venue takes, in characters.</summary>
    public required int MaxClientOrderIdLength { get; init; }

    /// <summary>Whether a client order id that was used once is refused for ever (true) or only while its order is open (false). Ours are never reused either way.</summary>
    public required bool ClientOrderIdsAreUniqueForever { get; init; }

    /// <summary>The longest time the venue may work on an order request before it answers or drops it.</summary>
    public required TimeSpan EngineBound { get; init; }

    /// <summary>How far the venue's query endpoints may lag behind its matching engine.</summary>
    public required TimeSpan QueryLag { get; init; }

    /// <summary>
    /// Whether the update ids of books and quotes and the ids of public trades only ever rise, over reconnects and maintenance too. Then ids that stay lower than
    /// what was seen prove that the venue has lost state. False where the venue begins anew by itself, as a restarted service may.
    /// </summary>
    public bool MarketIdsOnlyRise { get; init; }

    /// <summary>What its venue takes in markets of each kind; a kind that is missing takes no orders.</summary>
    public required IReadOnlyDictionary<InstrumentKind, OrderSupport> Orders { get; init; }

    /// <summary>How long the venue lets a stream live before it cuts it; null where it states no limit. The host renews streams ahead of it without a gap.</summary>
    public TimeSpan? StreamLifetime { get; init; }
}
