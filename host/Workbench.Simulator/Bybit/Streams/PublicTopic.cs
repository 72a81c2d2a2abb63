using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>
/// One public topic with its subscribers: each message is built once and sent to all. Everything runs in the venue's lock.
/// </summary>
internal abstract class PublicTopic(string name, Market market)
{
    private readonly List<BybitSocket> _subscribers = [];
    private readonly FrameInfo _info = BybitTraffic.Frame(name);

    public string Name => name;
    public bool IsEmpty => _subscribers.Count == 0;
    protected Market Market => market;
    protected IReadOnlyList<BybitSocket> Subscribers => _subscribers;
    private FrameInfo FirstInfo => _info.Kind == FrameKinds.Book ? _info with { Kind = FrameKinds.Snapshot } : _info;

    public void Add(BybitSocket socket, long nowMicros)
    {
        _subscribers.Remove(socket);
        _subscribers.Add(socket);
        if (FirstMessage(nowMicros) is { } first)
        {
            socket.Send(first, FirstInfo);
        }
    }

    public void Remove(BybitSocket socket) => _subscribers.Remove(socket);

    public virtual void OnTrade(in PublicTrade trade, long sequence)
    {
    }

    public virtual void OnStepEnd()
    {
    }

    public virtual void OnTick(long nowMicros)
    {
    }

    /// <summary>The service began anew.</summary>
    public virtual void OnRestart(long nowMicros)
    {
    }

    /// <summary>What a new subscriber gets at once, if anything.</summary>
    protected abstract byte[]? FirstMessage(long nowMicros);

    protected void Publish(byte[] message) => Publish(message, _info);

    /// <summary>Sends what new subscribers get to all of them.</summary>
    protected void PublishFirst(byte[] message) => Publish(message, FirstInfo);

    private void Publish(byte[] message, FrameInfo info)
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber.Send(message, info);
        }
    }
}
