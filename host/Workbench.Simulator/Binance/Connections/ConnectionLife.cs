using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Workbench.Simulator.Server;
using Workbench.Simulator.Server.WebSockets;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Connections;

/// <summary>
/// How long one socket may live: a ping at every interval, closed when a ping stays unanswered or when the connection is old.
/// A pong counts only if it carries the payload of a ping that is still open; it answers the earlier ones as well.
/// </summary>
internal sealed class ConnectionLife : IDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private readonly SocketSession _session;
    private readonly VenueClock _clock;
    private readonly BinanceOptions _options;
    private readonly long _started;
    private readonly Lock _lock = new();
    private readonly List<(TimeSpan SentAt, byte[] Payload)> _unanswered = [];
    private readonly ITimer _timer;
    private TimeSpan _nextPing;
    private volatile bool _isClosing;

    public ConnectionLife(SocketSession session, VenueClock clock, BinanceOptions options)
    {
        _session = session;
        _clock = clock;
        _options = options;
        _started = clock.Time.GetTimestamp();
        _nextPing = options.PingInterval;
        _timer = clock.Time.CreateTimer(static life => ((ConnectionLife)life!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Sleep(TimeSpan.Zero);
    }

    public void OnControl(ControlFrame frame)
    {
        if (frame.IsPing)
        {
            return;
        }

        lock (_lock)
        {
            var match = _unanswered.FindIndex(p => p.Payload.AsSpan().SequenceEqual(frame.Payload.Span));
            _unanswered.RemoveRange(0, match + 1);
        }
    }

    /// <summary>Closes after what is queued; a peer that does not take even that is cut off.</summary>
    public void End(WebSocketCloseStatus status, string reason)
    {
        _isClosing = true;
        _session.Outbox.Close(status, reason);
        _timer.Change(Farewell, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        var age = _clock.Time.GetElapsedTime(_started);
        if (_isClosing)
        {
            _session.Abort();
        }
        else if (age >= _options.ConnectionLifetime)
        {
            End(WebSocketCloseStatus.EndpointUnavailable, "Connection is too old");
        }
        else if (HasSilentPeer(age))
        {
            End(WebSocketCloseStatus.PolicyViolation, "Pong timeout");
        }
        else
        {
            Ping(age);
            Sleep(age);
        }
    }

    private bool HasSilentPeer(TimeSpan age)
    {
        lock (_lock)
        {
            return _unanswered.Count > 0 && age - _unanswered[0].SentAt >= _options.PongTimeout;
        }
    }

    private void Ping(TimeSpan age)
    {
        if (age < _nextPing)
        {
            return;
        }

        var payload = Encoding.ASCII.GetBytes(_clock.NowMillis.ToString(CultureInfo.InvariantCulture));
        _nextPing = age + _options.PingInterval;
        lock (_lock)
        {
            _unanswered.Add((age, payload));
        }

        _ = _session.PingAsync(payload);
    }

    private void Sleep(TimeSpan age)
    {
        var due = _nextPing < _options.ConnectionLifetime ? _nextPing : _options.ConnectionLifetime;
        lock (_lock)
        {
            if (_unanswered.Count > 0 && _unanswered[0].SentAt + _options.PongTimeout < due)
            {
                due = _unanswered[0].SentAt + _options.PongTimeout;
            }
        }

        // Timers count whole milliseconds; a shorter rest would fire too early.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((due - age).TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }
}
