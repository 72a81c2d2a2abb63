using Workbench.Simulator.Flow;

namespace Workbench.Simulator.Faults;

/// <summary>A fault that is on. <see cref="Ended"/> fires when it is cleared, so that what it holds back can be let go.</summary>
internal sealed class ActiveFault
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly FaultLab _lab;
    private readonly RequestKinds _requests;
    private readonly FrameKinds _frames;
    private readonly string _via;
    private readonly int? _count;
    private readonly int _nth;
    private readonly int _skip;
    private readonly decimal _chance;
    private Pcg32 _random;
    private object? _state;
    private int _chances;
    private int _hits;
    private bool _isOver;

    public ActiveFault(FaultLab lab, FaultDefinition definition, FaultValues values, ulong seed, ulong stream)
    {
        _lab = lab;
        _random = new Pcg32(seed, stream);
        Definition = definition;
        Values = values;
        Symbol = values.Get(CommonOptions.Symbol)?.ToUpperInvariant();
        _requests = values.Has(CommonOptions.Requests) ? values.Get(CommonOptions.Requests) : definition.Requests;
        _frames = values.Has(CommonOptions.Channel) ? values.Get(CommonOptions.Channel) : definition.Frames;
        _via = values.Get(CommonOptions.Via);
        _count = values.Get(CommonOptions.Count);
        _nth = values.Get(CommonOptions.Nth) ?? 1;
        _skip = values.Get(CommonOptions.Skip) ?? 0;
        _chance = values.Get(CommonOptions.Chance) ?? 1;
        Stage = definition.Stage(this);
        StartMicros = lab.Targets.Venue?.Clock.NowMicros ?? 0;
    }

    public FaultDefinition Definition { get; }
    public FaultValues Values { get; }
    public string Name => Definition.Name;
    public string? Symbol { get; }
    public Stage Stage { get; }
    public FaultLab Lab => _lab;
    public RequestKinds Requests => _requests;
    public CancellationToken Ended => _ended.Token;

    /// <summary>The venue's time when it was injected; 0 without a venue.</summary>
    public long StartMicros { get; }

    /// <summary>Ends it when its time is over; set by the lab.</summary>
    public ITimer? Timer { get; set; }

    /// <summary>Undoes what it changed; set by the lab.</summary>
    public Func<CancellationToken, Task>? Undo { get; set; }

    /// <summary>Two injections of one fault with the same scope are one.</summary>
    public string Key => $"{Name}|{Symbol}|{(long)_requests}|{(long)_frames}|{_via}";

    public int Hits => Volatile.Read(ref _hits);

    /// <summary>It strikes no more.</summary>
    public bool IsSpent => Volatile.Read(ref _isOver);

    public T Get<T>(FaultOption<T> option) => Values.Get(option);

    public bool Concerns(in RequestInfo request, Stage stage) =>
        stage == Stage
        && (request.Kind & _requests) != 0
        && (_via == "any" || (_via == "socket") == request.IsSocket)
        && (!request.IsSocket || !Definition.IsHttpOnly)
        && (Symbol is null || Symbol == request.Symbol);

    public bool Concerns(in FrameInfo frame) =>
        (frame.Kind & _frames) != 0 && (Symbol is null || Symbol == frame.Symbol);

    public bool Concerns(string? symbol) => Symbol is null || Symbol == symbol;

    /// <summary>Whether it strikes now. The strike is noted, and the last one ends the fault.</summary>
    public bool TryStrike<T>(in T what)
        where T : notnull
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return false;
            }

            if (Definition.IsSteady)
            {
                _hits++;
                return true;
            }

            _chances++;
            if (_chances <= _skip || (_chances - _skip) % _nth != 0 || (_chance < 1 && Draw() >= _chance))
            {
                return false;
            }

            _hits++;
            _isOver = _hits == _count;
        }

        _lab.Note(this, what.ToString()!);
        if (_isOver)
        {
            _lab.Retire(this);
        }

        return true;
    }

    /// <summary>Uniform in 0 to 1, from the fault's own sequence.</summary>
    public decimal Draw()
    {
        lock (_lock)
        {
            return _random.Next() / 4_294_967_296m;
        }
    }

    /// <summary>A time in a band around the given one, such as ±50 % for 0.5.</summary>
    public TimeSpan Around(TimeSpan time, decimal jitter) =>
        jitter == 0 ? time : TimeSpan.FromTicks((long)(time.Ticks * (1 - jitter + (2 * jitter * Draw()))));

    /// <summary>What the fault remembers between its strikes. Made once.</summary>
    public T State<T>()
        where T : class, new()
    {
        lock (_lock)
        {
            return (T)(_state ??= new T());
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        Timer?.Dispose();
        _ended.Cancel();
    }
}
