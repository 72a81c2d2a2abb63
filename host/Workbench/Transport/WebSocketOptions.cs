using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>The bounds of one connection's WebSockets.</summary>
internal sealed record WebSocketOptions
{
    /// <summary>Time from the name to the venue's switch of protocols.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often an idle socket is pinged.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a pong may take before the peer counts as gone; the framework's default is for ever (N04).</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one send may take.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest message that is put together from its fragments.</summary>
    public int MaxMessageBytes { get; init; } = 4 << 20;

    /// <summary>Told how long each attempt to connect took, and why it failed, if it did; null for nobody.</summary>
    public Action<TimeSpan, VenueError?>? OnConnect { get; init; }

    /// <summary>Who sees what is received; null for nobody. Only for connections without credentials: their sockets are public ones.</summary>
    public IWireTap? Tap { get; init; }
}
