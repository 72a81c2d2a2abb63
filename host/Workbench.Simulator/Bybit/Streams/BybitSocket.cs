using System.Net;
using System.Net.WebSockets;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>A connection with the venue's name for it and its idle limit: silent in both directions for that long, it is closed.</summary>
internal sealed class BybitSocket : IDisposable
{
    private readonly SocketSession _session;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleLimit;
    private readonly ITimer _idle;
    private long _lastUse;

    public BybitSocket(SocketSession session, string connectionId, IPAddress? peer, TimeSpan idleLimit, TimeProvider time)
    {
        _session = session;
        _time = time;
        _idleLimit = idleLimit;
        _lastUse = time.GetTimestamp();
        ConnectionId = connectionId;
        Peer = peer;
        _idle = time.CreateTimer(_ => CloseIfIdle(), null, idleLimit, idleLimit);
    }

    public string ConnectionId { get; }

    /// <summary>Where the client is.</summary>
    public IPAddress? Peer { get; }

    /// <summary>Queues a message; from any thread, never blocks.</summary>
    public void Send(ReadOnlyMemory<byte> message, FrameInfo info = default)
    {
        Touch();
        _session.Outbox.Post(message, info);
    }

    /// <summary>Completes when all that was queued up to now is on the wire.</summary>
    public Task SentAsync() => _session.Outbox.SentAsync();

    /// <summary>Notes that the connection is in use.</summary>
    public void Touch() => Volatile.Write(ref _lastUse, _time.GetTimestamp());

    /// <summary>Sends what is queued, then closes.</summary>
    public void Close() => _session.Outbox.Close(WebSocketCloseStatus.NormalClosure, "");

    /// <summary>Serves a request as the faults let it.</summary>
    public ValueTask ServeAsync(FaultLab faults, RequestInfo call, Func<FaultAnswer, byte[]> word, Func<ValueTask> serve) =>
        CallFaults.RunAsync(faults, call with { Kind = call.Kind == RequestKinds.None ? _session.Kind : call.Kind }, _session, word, serve);

    /// <summary>Called when the connection is gone.</summary>
    public Action? Closed { get; set; }

    public void Dispose()
    {
        _idle.Dispose();
        Closed?.Invoke();
    }

    private void CloseIfIdle()
    {
        var rest = _idleLimit - _time.GetElapsedTime(Volatile.Read(ref _lastUse));
        if (rest <= TimeSpan.Zero)
        {
            Close();
        }
        else
        {
            _idle.Change(rest, _idleLimit);
        }
    }
}
