using Workbench.Simulator.Faults;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tapes;

/// <summary>
/// Plays a wire capture. It holds until somebody listens and no new subscription came for a moment (so that a client that
/// subscribes in several messages misses nothing), then keeps the recorded rhythm at the wanted speed; at speed 0 the
/// readers set the pace. It also waits while nobody listens at speed 0, and while a fault silences the streams. At speed 0
/// the first difference of a book is followed by a halt until its listener has asked for the snapshot: else a short tape
/// would be over before a client that does what the venue tells it to do has its books.
/// </summary>
internal sealed class CapturePlayer : ITape, IAsyncDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    // How long a depth request waits for the playback to reach the snapshot before it gets the coming one; a client that
    // follows the procedure can use that one too, it only has to wait itself.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    private readonly string _path;
    private readonly string _dialect;
    private readonly Dictionary<string, RecordedBook> _topicBooks = [];
    private readonly TapeSchedule _schedule;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, CaptureSymbol> _index;
    private readonly Dictionary<string, CaptureBook> _books = [];
    private readonly HashSet<string> _unasked = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private CaptureMirror? _mirror;
    private FaultLab? _faults;
    private bool _isHalted;
    private int _listeners;
    private long _lastJoin;
    private long _played;

    public CapturePlayer(string path, string dialect, TapeSchedule schedule, TimeProvider time)
    {
        _dialect = dialect;
        _path = path;
        _schedule = schedule;
        _time = time;
        _index = CaptureIndex.Build(path, dialect);
        foreach (var (name, symbol) in _index)
        {
            var book = _books[name] = new CaptureBook(name);
            if (symbol.Snapshot is null && symbol.FirstId > 0)
            {
                book.StartEmpty(symbol.FirstId);
            }
        }
    }

    public Task Completion => _loop;

    public long Played => Interlocked.Read(ref _played);

    public IEnumerable<Instrument> Instruments => _index.Values.Select(CaptureIndex.Instrument);

    public void Start(ICaptureSink sink, CaptureMirror mirror, FaultLab faults)
    {
        _mirror = mirror;
        _faults = faults;
        _loop = Task.Run(() => PlayAsync(sink, _stop.Token));
    }

    /// <summary>Someone subscribed to a stream, or left one.</summary>
    public void ListenersChanged(int change, string? depthSymbol)
    {
        lock (_lock)
        {
            _listeners += change;
            _lastJoin = _time.GetTimestamp();
            if (change > 0 && depthSymbol is not null && _books.TryGetValue(depthSymbol, out var book))
            {
                book.Join();
                _unasked.Add(depthSymbol);
            }
        }
    }

    /// <summary>Whether a Bybit topic was recorded.</summary>
    public bool HasTopic(string symbol, string topic) => _index.TryGetValue(symbol, out var indexed) && indexed.Topics.Contains(topic);

    /// <summary>What a new subscriber of a recorded Bybit topic gets at once; null when the tape itself will tell.</summary>
    public byte[]? TopicSnapshot(string topic)
    {
        lock (_lock)
        {
            return _topicBooks.TryGetValue(topic, out var book) && book.IsReady ? book.Snapshot() : null;
        }
    }

    /// <summary>The body of a depth reply; null when the symbol has no book in this recording.</summary>
    public async ValueTask<byte[]?> DepthAsync(string symbol, int limit, CancellationToken cancellationToken)
    {
        if (!_books.TryGetValue(symbol, out var book))
        {
            return null;
        }

        var asked = _time.GetTimestamp();
        while (true)
        {
            lock (_lock)
            {
                if (book.IsReady || _isHalted || _time.GetElapsedTime(asked) > LongestWait || _loop.IsCompleted)
                {
                    _unasked.Remove(symbol);
                    return book.IsReady ? book.Answer(limit) : _index[symbol].Snapshot;
                }
            }

            await Task.Delay(Poll, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task PlayAsync(ICaptureSink sink, CancellationToken cancellationToken)
    {
        try
        {
            await PlayAllAsync(sink, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A damaged tape ends too: clients must not wait for what never comes. Completion tells why.
            sink.End();
        }
    }

    private async Task PlayAllAsync(ICaptureSink sink, CancellationToken cancellationToken)
    {
        await WaitForListenersAsync(quiet: true, cancellationToken).ConfigureAwait(false);
        var pace = new TapePace(_schedule, _time);
        foreach (var record in CaptureReader.Read(_path))
        {
            await pace.WaitAsync(record.TimeNanos, cancellationToken).ConfigureAwait(false);
            if (_schedule.IsUnpaced)
            {
                await WaitForListenersAsync(quiet: false, cancellationToken).ConfigureAwait(false);
            }

            await WaitForSoundAsync(cancellationToken).ConfigureAwait(false);
            await PlayAsync(sink, record, cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref _played);
        }

        if (_schedule.IsUnpaced)
        {
            await Task.Delay(Quiet, _time, cancellationToken).ConfigureAwait(false); // For what was asked last.
        }
    }

    private async ValueTask PlayAsync(ICaptureSink sink, CaptureRecord record, CancellationToken cancellationToken)
    {
        if (record.Kind == CaptureKind.Http && CaptureIndex.SnapshotSymbol(in record) is { } symbol)
        {
            CaptureBook restored;
            lock (_lock)
            {
                restored = _books[symbol];
                restored.Restore(record.Raw);
            }

            _mirror!.Restart(restored);
        }
        else if (record.Kind == CaptureKind.StreamIn && CaptureIndex.Parse(_dialect, in record) is { } e)
        {
            if (_dialect == "bybit")
            {
                await PlayTopicAsync(sink, e, cancellationToken).ConfigureAwait(false);
                return;
            }

            CaptureBook? book = null;
            lock (_lock)
            {
                if (e.Kind == CaptureEventKind.DepthDiff)
                {
                    book = _books[e.Symbol];
                    book.Apply(e);
                }
            }

            _mirror!.Reflect(e, book, _index[e.Symbol]);
            await sink.DeliverAsync(e, cancellationToken).ConfigureAwait(false);
            if (_schedule.IsUnpaced && book is not null)
            {
                await HaltUntilAskedAsync(e.Symbol, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask PlayTopicAsync(ICaptureSink sink, CaptureEvent e, CancellationToken cancellationToken)
    {
        RecordedBook? book = null;
        var isWhole = false;
        if (e.Kind is CaptureEventKind.DepthDiff or CaptureEventKind.Top)
        {
            using var document = System.Text.Json.JsonDocument.Parse(e.Data);
            lock (_lock)
            {
                book = _topicBooks.TryGetValue(e.Stream, out var known) ? known : _topicBooks[e.Stream] = new RecordedBook(e.Stream);
                isWhole = book.Apply(document.RootElement);
            }
        }

        _mirror!.ReflectTopic(e, book, isWhole, _index[e.Symbol]);
        await sink.DeliverAsync(e, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask HaltUntilAskedAsync(string symbol, CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        while (IsUnasked(symbol, giveUp: _time.GetElapsedTime(since) > LongestWait))
        {
            await Task.Delay(Poll, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsUnasked(string symbol, bool giveUp)
    {
        lock (_lock)
        {
            if (giveUp)
            {
                _unasked.Remove(symbol);
            }

            return _isHalted = _unasked.Contains(symbol);
        }
    }

    private async ValueTask WaitForListenersAsync(bool quiet, CancellationToken cancellationToken)
    {
        while (!IsHeard(quiet))
        {
            await Task.Delay(Poll, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask WaitForSoundAsync(CancellationToken cancellationToken)
    {
        while (_faults!.StreamsAreStalled)
        {
            await Task.Delay(Poll, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsHeard(bool quiet)
    {
        lock (_lock)
        {
            return _listeners > 0 && (!quiet || _time.GetElapsedTime(_lastJoin) >= Quiet);
        }
    }
}
