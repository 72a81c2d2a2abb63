using System.Collections.Concurrent;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Faults;

/// <summary>
/// The faults of one venue. Injecting returns when the fault is in force. The listener asks it about requests, the sockets
/// about outgoing messages, and the dialect at the few places where only it knows what happens; with no fault on, each of
/// them costs one volatile read.
/// </summary>
public sealed class FaultLab
{
    private readonly SemaphoreSlim _changes = new(1, 1);
    private readonly FaultTranscript _transcript = new();
    private readonly ConcurrentDictionary<IFaultySocket, byte> _sockets = new();
    private readonly List<ActiveFault> _spent = [];
    private readonly TimeProvider _time;
    private readonly string _venue;
    private readonly ulong _seed;
    private readonly long _start;
    private LiveFaults _live = LiveFaults.None;
    private int _injections;

    public FaultLab()
        : this(TimeProvider.System, "", 0)
    {
    }

    internal FaultLab(TimeProvider time, string venue, ulong seed)
    {
        (_time, _venue, _seed) = (time, venue, seed);
        _start = time.GetTimestamp();
    }

    /// <summary>Names of the faults that are on.</summary>
    public IReadOnlyCollection<string> Active => [.. Live.All.Select(f => f.Name).Distinct()];

    /// <summary>What the faults did, oldest first; only the newest ten thousand records are kept.</summary>
    public IReadOnlyList<FaultRecord> Transcript => _transcript.Read();

    internal TimeProvider Time => _time;

    internal FaultTargets Targets { get; } = new();

    internal LiveFaults Live => Volatile.Read(ref _live);

    /// <summary>Nothing is on.</summary>
    internal bool IsQuiet => ReferenceEquals(Live, LiveFaults.None);

    /// <summary>Streams send nothing while this holds.</summary>
    internal bool StreamsAreStalled => Live.StallsStreams;

    internal IEnumerable<IFaultySocket> Sockets => _sockets.Keys;

    /// <summary>Counts requests as they arrive; null, as it is but in tests, counts none.</summary>
    internal RequestTally? Tally { get; set; }

    /// <summary>Switches a fault on; the same fault with the same scope is replaced.</summary>
    /// <exception cref="FaultException">There is no such fault, an option is wrong, or it cannot act here.</exception>
    public Task InjectAsync(string name, FaultOptions? options = null, CancellationToken cancellationToken = default) =>
        InjectAsync(name, (options ?? new FaultOptions()).ToTexts(), cancellationToken);

    /// <summary>Switches a fault on, its options as texts.</summary>
    /// <exception cref="FaultException">There is no such fault, an option is wrong, or it cannot act here.</exception>
    public async Task InjectAsync(string name, IEnumerable<KeyValuePair<string, string>> options, CancellationToken cancellationToken = default)
    {
        var fault = Build(name, options);
        await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await EndAsync(f => f.Key == fault.Key, cancellationToken).ConfigureAwait(false);
            if (fault.Definition.Start is { } start)
            {
                fault.Undo = await start(fault, Targets, cancellationToken).ConfigureAwait(false);
            }

            Note(fault, "on", isStrike: false);
            if (fault.Definition.IsOneShot?.Invoke(fault) != true)
            {
                Change(live => live.With(fault));
            }
        }
        finally
        {
            _changes.Release();
        }

        if (fault.Get(CommonOptions.For) is { } time)
        {
            // A timer and not a wait: on virtual time the fault ends at its moment, before anything else happens.
            fault.Timer = _time.CreateTimer(_ => _ = ClearAsync(f => ReferenceEquals(f, fault), CancellationToken.None), null, time, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ends a fault, whatever its scope; nothing happens when it is not on.</summary>
    public Task ClearAsync(string name, CancellationToken cancellationToken = default) => ClearAsync(f => f.Name == name, cancellationToken);

    public Task ClearAllAsync(CancellationToken cancellationToken = default) => ClearAsync(static _ => true, cancellationToken);

    public bool IsActive(string name) => Live.All.Any(f => f.Name == name);

    /// <summary>An injection that nobody waits for; what goes wrong with it stands in the transcript.</summary>
    internal void InjectLater(string name, IEnumerable<KeyValuePair<string, string>> options) => _ = TryInjectAsync(name, options);

    /// <summary>What would be wrong with an injection, in words; null when nothing is.</summary>
    internal string? Problem(string name, IEnumerable<KeyValuePair<string, string>> options)
    {
        try
        {
            Build(name, options);
            return null;
        }
        catch (FaultException e)
        {
            return e.Message;
        }
    }

    internal void Opened(IFaultySocket socket)
    {
        _sockets[socket] = 0;
        foreach (var fault in Live.Connections)
        {
            if ((fault.Requests & socket.Kind) != 0)
            {
                fault.Definition.OnConnect!(fault, socket);
            }
        }
    }

    internal void Closed(IFaultySocket socket) => _sockets.TryRemove(socket, out _);

    internal void Note(ActiveFault fault, string what, bool isStrike = true) =>
        _transcript.Add(new FaultRecord(_time.GetElapsedTime(_start), fault.Name, isStrike ? fault.Hits : 0, what));

    /// <summary>It has struck for the last time. What it holds back stays so until it is cleared.</summary>
    internal void Retire(ActiveFault fault)
    {
        lock (_spent)
        {
            _spent.Add(fault);
        }

        Change(live => live.Spent(fault));
    }

    /// <summary>A spent fault holds nothing back any more.</summary>
    internal void Forget(ActiveFault fault) => Change(live => live.Without(fault));

    private ActiveFault Build(string name, IEnumerable<KeyValuePair<string, string>> options)
    {
        var definition = FaultCatalogue.Find(name);
        var ordinal = Interlocked.Increment(ref _injections);
        var stream = Pcg32.StreamOf(FormattableString.Invariant($"fault/{_venue}/{ordinal}"), name);
        var fault = new ActiveFault(this, definition, FaultValues.Read(definition, options), _seed, stream);
        return Obstacle(fault) is { } obstacle ? throw new FaultException($"Fault '{name}' cannot act here: {obstacle}") : fault;
    }

    private string? Obstacle(ActiveFault fault)
    {
        if (fault.Symbol is { } symbol && Targets.Venue is { } venue && Targets.Venues.All(v => v.Listed(symbol) is null))
        {
            return $"the venue does not list '{symbol}'{Nearest.Hint(symbol, [.. venue.Markets.Take(20).Select(m => m.Symbol)])}";
        }

        return fault.Definition.Check?.Invoke(fault, Targets);
    }

    private async Task ClearAsync(Func<ActiveFault, bool> matches, CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await EndAsync(matches, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _changes.Release();
        }
    }

    private async Task EndAsync(Func<ActiveFault, bool> matches, CancellationToken cancellationToken)
    {
        foreach (var fault in Live.All.Where(matches).Concat(TakeSpent(matches)))
        {
            Forget(fault);
            if (fault.Undo is { } undo)
            {
                await undo(cancellationToken).ConfigureAwait(false);
            }

            fault.End();
            Note(fault, "off", isStrike: false);
        }
    }

    private List<ActiveFault> TakeSpent(Func<ActiveFault, bool> matches)
    {
        lock (_spent)
        {
            var found = _spent.FindAll(f => matches(f));
            _spent.RemoveAll(f => matches(f));
            return found;
        }
    }

    private async Task TryInjectAsync(string name, IEnumerable<KeyValuePair<string, string>> options)
    {
        try
        {
            await InjectAsync(name, options).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FaultException or PortInUseException)
        {
            _transcript.Add(new FaultRecord(_time.GetElapsedTime(_start), name, 0, $"not injected: {e.Message}"));
        }
    }

    // A strike removes a spent fault from any thread, also while others are injected.
    private void Change(Func<LiveFaults, LiveFaults> change)
    {
        LiveFaults seen, next;
        do
        {
            seen = Live;
            next = change(seen);
        }
        while (!ReferenceEquals(Interlocked.CompareExchange(ref _live, next, seen), seen));
    }
}
