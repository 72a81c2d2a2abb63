using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>One life of a socket of the venue: reads, sends in order, says ping every 20 s and notices silence.</summary>
/// <remarks>Three loops run side by side; the first that ends, ends all. Handlers are called under one lock, so their state needs no other.</remarks>
internal sealed class SocketSession : IAsyncDisposable
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    // A thousand topics make a hundred texts; a venue that lets more than this wait takes none.
    private const int MostWaiting = 1024;

    private readonly IVenueSocket _socket;
    private readonly TimeProvider _time;
    private readonly PeriodicTimer _timer;
    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private long _lastPing;
    private bool _awaitsSign;
    private volatile bool _isChoked;

    public SocketSession(IVenueSocket socket, TimeProvider time)
    {
        _socket = socket;
        _time = time;
        _timer = new PeriodicTimer(TickEvery, time);
        _lastPing = time.GetTimestamp();
    }

    /// <summary>Handles one message; an error ends the session.</summary>
    public delegate VenueError? MessageHandler(in SocketMessage message);

    /// <summary>Sends a text after those that were posted before it.</summary>
    public void Post(byte[] utf8) => _isChoked |= !_outgoing.Writer.TryWrite(utf8);

    /// <summary>Runs something of the owner's between two messages.</summary>
    public void Exclusively(Action action)
    {
        lock (_gate)
        {
            action();
        }
    }

    /// <summary>Works until the socket ends, a handler says so, or the token is cancelled.</summary>
    /// <param name="onMessage">Gets every message.</param>
    /// <param name="onTick">Is asked every second whether some deadline has passed; an error ends the session.</param>
    /// <param name="beside">A loop of the owner's that lives as long as the session and ends only with its token; null for none.</param>
    /// <param name="cancellationToken">Ends the session in order.</param>
    public async Task<StreamEnd> RunAsync(
        MessageHandler onMessage, Func<VenueError?> onTick, Func<CancellationToken, Task<VenueError?>>? beside, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task<VenueError?>> loops =
        [
            Guarded(ReadAsync(onMessage, ending.Token)),
            Guarded(SendAsync(ending.Token)),
            Guarded(TickAsync(onTick, ending.Token)),
        ];
        if (beside is not null)
        {
            loops.Add(Guarded(beside(ending.Token)));
        }

        var first = await Task.WhenAny(loops).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(loops).ConfigureAwait(false);
        return cancellationToken.IsCancellationRequested ? StreamEnd.Orderly : new StreamEnd(await first.ConfigureAwait(false));
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _socket.DisposeAsync().ConfigureAwait(false);
    }

    // Cancellation is how loops end, not a failure of theirs.
    private static async Task<VenueError?> Guarded(Task<VenueError?> loop)
    {
        try
        {
            return await loop.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<VenueError?> ReadAsync(MessageHandler onMessage, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await _socket.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (message.End is not null)
            {
                return message.End;
            }

            lock (_gate)
            {
                _awaitsSign = false;
                if (onMessage(message) is { } error)
                {
                    return error;
                }
            }
        }
    }

    private async Task<VenueError?> SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var text in _outgoing.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await _socket.SendAsync(text, cancellationToken).ConfigureAwait(false) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private async Task<VenueError?> TickAsync(Func<VenueError?> onTick, CancellationToken cancellationToken)
    {
        while (await _timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            lock (_gate)
            {
                if ((Heartbeat() ?? onTick()) is { } error)
                {
                    return error;
                }
            }
        }

        return null;
    }

    // Any message at all is a sign of life; the venue answers every ping, so silence after one means that nobody is there.
    private VenueError? Heartbeat()
    {
        if (_isChoked)
        {
            return new VenueError(VenueErrorKind.Timeout, $"The venue does not take what is sent: {MostWaiting} requests wait.");
        }

        var since = _time.GetElapsedTime(_lastPing);
        if (_awaitsSign && since >= PongWithin)
        {
            return new VenueError(VenueErrorKind.Timeout, $"The venue was silent for {PongWithin.TotalSeconds:0} s after a ping.");
        }

        if (since >= PingEvery)
        {
            _lastPing = _time.GetTimestamp();
            _awaitsSign = true;
            Post("""{"req_id":"ping","op":"ping"}"""u8.ToArray());
        }

        return null;
    }
}
