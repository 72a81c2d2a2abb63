using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>One market-stream connection as the feeds see it. Its subscriptions change inside the source's lock only.</summary>
internal sealed class StreamClient(SocketOutbox outbox)
{
    public SocketOutbox Outbox => outbox;

    /// <summary>Whether events come wrapped with their stream's name.</summary>
    public bool Combined { get; set; }

    /// <summary>Whether its events tell times in microseconds.</summary>
    public bool InMicros { get; init; }

    /// <summary>Names as the client gave them, in order.</summary>
    public List<string> Names { get; } = [];
}

/// <summary>Where market events come from: the venue's engine, or a tape.</summary>
internal interface IStreamSource
{
    /// <summary>Adds the streams; unknown names are accepted and stay silent.</summary>
    void Subscribe(StreamClient client, IReadOnlyList<string> names);

    /// <summary>Whether it is a name without the form of a stream's that means something all the same.</summary>
    bool Knows(string name) => false;

    void Unsubscribe(StreamClient client, IReadOnlyList<string> names);
}
