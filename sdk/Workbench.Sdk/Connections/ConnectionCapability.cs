namespace Workbench.Sdk;

/// <summary>What a connection can do, each with a health of its own: one may work while another does not.</summary>
public enum ConnectionCapability
{
    /// <summary>Market data, instruments and the venue's time by request and answer.</summary>
    MarketDataReads,

    /// <summary>Market data as it happens.</summary>
    MarketDataStream,

    /// <summary>Orders, cancels, look-ups of orders, and reads of the account.</summary>
    Trading,

    /// <summary>The account's own events as they happen.</summary>
    UserStream,
}

/// <summary>How a capability of a connection is.</summary>
public enum CapabilityState
{
    /// <summary>The connection does not have it: it has no credentials, or the venue does not offer it.</summary>
    Absent,

    /// <summary>On its way up for the first time.</summary>
    Starting,

    /// <summary>It works.</summary>
    Up,

    /// <summary>It works, but slowly, with errors, or with something missing.</summary>
    Degraded,

    /// <summary>The venue takes only a part of it, such as cancels only or post-only orders.</summary>
    Restricted,

    /// <summary>The venue says that it is closed for maintenance.</summary>
    Maintenance,

    /// <summary>It does not work; it is tried again by itself.</summary>
    Down,
}
