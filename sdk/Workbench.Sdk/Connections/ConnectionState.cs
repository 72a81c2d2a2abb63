namespace Workbench.Sdk;

/// <summary>How a connection is.</summary>
public enum ConnectionState
{
    /// <summary>Not begun: nothing in the configuration needs it yet.</summary>
    Idle,

    /// <summary>On its way up.</summary>
    Connecting,

    /// <summary>Everything works.</summary>
    Connected,

    /// <summary>Up, but something is missing, slow or stale.</summary>
    Degraded,

    /// <summary>Not usable; it is tried again by itself.</summary>
    Down,

    /// <summary>Taking nothing new; ending.</summary>
    Draining,

    /// <summary>It can never come up as configured: a missing or broken plugin.</summary>
    Failed,
}
