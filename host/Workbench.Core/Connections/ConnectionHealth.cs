using Workbench.Core.Health;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>What is known about a connection, and the state and reason that follow from it. Facts come from any thread; each change is reported once.</summary>
internal sealed class ConnectionHealth(ConnectionSettings settings, TimeProvider time, Action<ConnectionStatus> report)
{
    /// <summary>So many unanswered probes in a row say that the venue is not there. Data that flows says more than any probe.</summary>
    private const int MostProbeFailures = 2;

    /// <summary>How far a score must move before it is worth a report.</summary>
    private const int ScoreStep = 5;

    private static readonly TimeSpan ScoreEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private ConnectionStatus? _last;
    private (int Data, int Trading) _scores = (100, 100);
    private long _scoredAt = time.GetTimestamp();
    private string _phase = "starting";
    private string? _failure;
    private string? _note;
    private bool _isSimulated;
    private bool _hasTrading;
    private bool _isReady;
    private bool _wasReady;
    private bool _isDraining;
    private bool _marketUp;
    private string _marketReason = "no market stream yet";
    private bool _hasSubscriptions;
    private bool _isSuspect;
    private long _freshSince;
    private long _dataTimestamp;
    private long _dataAt;
    private bool _userUp;
    private string _userReason = "no user stream yet";
    private bool _isSynchronised;
    private int _gaps;
    private int _probeFailures;
    private string _probeReason = "";
    private TimeSpan? _latency;
    private bool _breakerOpen;

    /// <summary>True from the moment market data fell silent until the account was read again.</summary>
    public bool NeedsSynchronising
    {
        get
        {
            lock (_lock)
            {
                return _userUp && !_isSynchronised;
            }
        }
    }

    /// <summary>Rises whenever the account's stream may have missed something: what was read before that says nothing any more.</summary>
    public int Gaps
    {
        get
        {
            lock (_lock)
            {
                return _gaps;
            }
        }
    }

    /// <summary>True while subscribed data has not come for longer than it may.</summary>
    public bool IsSilent
    {
        get
        {
            lock (_lock)
            {
                return IsSilent_NeedsLock();
            }
        }
    }

    /// <summary>What probes and calls have shown.</summary>
    public ConnectionTraffic Traffic { get; } = new(time);

    /// <summary>The newest status.</summary>
    public ConnectionStatus Status
    {
        get
        {
            lock (_lock)
            {
                return Build_NeedsLock();
            }
        }
    }

    public void Phase(string phase) => Change(() => (_phase, _isReady) = (phase, false));

    public void Failed(string reason) => Change(() => _failure = reason);

    public void Draining() => Change(() => _isDraining = true);

    public void Opened(bool isSimulated, bool hasTrading, string? note) => Change(() => (_isSimulated, _hasTrading, _note) = (isSimulated, hasTrading, note));

    public void Ready() => Change(() => (_isReady, _wasReady, _probeFailures) = (true, true, 0));

    public void MarketUp() => Change(() => (_marketUp, _freshSince) = (true, time.GetTimestamp()));

    public void MarketDown(string reason) => Change(() => (_marketUp, _marketReason) = (false, reason));

    public void Subscribed(bool any) => Change(() =>
    {
        _freshSince = any && !_hasSubscriptions ? time.GetTimestamp() : _freshSince;
        _hasSubscriptions = any;
        _isSuspect = any && _isSuspect; // Silence was judged by subscriptions that are gone.
    });

    public void UserUp() => Change(() => (_userUp, _isSynchronised, _gaps) = (true, false, _gaps + 1));

    public void UserDown(string reason) => Change(() => (_userUp, _isSynchronised, _userReason, _gaps) = (false, false, reason, _gaps + 1));

    /// <summary>The account was read; it counts unless something was missed since the reading began.</summary>
    /// <param name="gaps">What <see cref="Gaps"/> said when the reading began.</param>
    public void Synchronised(int gaps) => Change(() => _isSynchronised |= _userUp && gaps == _gaps);

    public void Probed(TimeSpan? latency, string? problem) => Change(() =>
    {
        _latency = latency ?? _latency;
        _probeFailures = problem is null ? 0 : _probeFailures + 1;
        _probeReason = problem ?? "";
        if (_probeFailures >= MostProbeFailures)
        {
            // A venue that did not answer may have swallowed the account's events, too.
            (_isSynchronised, _gaps) = (false, _gaps + 1);
        }
    });

    public void Breaker(bool isOpen) => Change(() => _breakerOpen = isOpen);

    /// <summary>Market data has arrived. The hot path: two writes; a stale connection is judged again at the next look.</summary>
    public void Heard(Timestamp receivedAt)
    {
        Volatile.Write(ref _dataAt, receivedAt.UnixNanoseconds);
        Volatile.Write(ref _dataTimestamp, time.GetTimestamp());
    }

    /// <summary>Judges again because time has passed.</summary>
    public void Look() => Change(() =>
    {
        var silent = _marketUp && IsSilent_NeedsLock();
        if (silent)
        {
            // What the account's stream missed meanwhile must be read before orders go there again.
            (_isSuspect, _isSynchronised, _gaps) = (true, false, _gaps + 1);
        }
        else if (_isSuspect && _marketUp && HeardLately_NeedsLock())
        {
            _isSuspect = false;
        }

        if (time.GetElapsedTime(_scoredAt) >= ScoreEvery)
        {
            (_scoredAt, _scores) = (time.GetTimestamp(), Score_NeedsLock());
        }
    });

    private void Change(Action change)
    {
        ConnectionStatus status;
        lock (_lock)
        {
            change();
            status = Build_NeedsLock();
            if (_last is { } last && (last.State, last.Reason, last.DataUp, last.TradingUp) == (status.State, status.Reason, status.DataUp, status.TradingUp)
                && Math.Abs(last.DataScore - status.DataScore) < ScoreStep && Math.Abs(last.TradingScore - status.TradingScore) < ScoreStep)
            {
                return;
            }

            _last = status;
            report(status);
        }
    }

    private bool HeardLately_NeedsLock() => Volatile.Read(ref _dataTimestamp) is var at and not 0 && time.GetElapsedTime(at) <= settings.StaleAfter;

    private bool IsSilent_NeedsLock() =>
        !settings.IsTape && _hasSubscriptions && !HeardLately_NeedsLock() && (_isSuspect || time.GetElapsedTime(_freshSince) > settings.StaleAfter);

    private ConnectionStatus Build_NeedsLock()
    {
        var silent = IsSilent_NeedsLock();
        var answers = _probeFailures < MostProbeFailures;
        var dataUp = _failure is null && _isReady && _marketUp && !silent && !_isDraining && (answers || HeardLately_NeedsLock());
        var tradingUp = dataUp && answers && _hasTrading && _userUp && _isSynchronised && !_breakerOpen;
        var state = State_NeedsLock(dataUp, tradingUp);
        var reason = Reason_NeedsLock(state, silent, tradingUp);
        var now = Timestamp.Now(time);
        var data = Volatile.Read(ref _dataAt);
        return new ConnectionStatus
        {
            Id = settings.Id,
            State = state,
            Reason = _note is null ? reason : $"{reason}; {_note}",
            Since = _last is { } last && last.State == state ? last.Since : now,
            IsSimulated = _isSimulated,
            DataUp = dataUp,
            TradingUp = tradingUp,
            DataScore = dataUp ? _scores.Data : 0,
            TradingScore = tradingUp ? _scores.Trading : 0,
            Latency = _latency,
            LastDataAt = data == 0 ? null : new Timestamp(data),
        };
    }

    private (int Data, int Trading) Score_NeedsLock()
    {
        var reads = Traffic.Read(ConnectionCapability.MarketDataReads);
        var trading = Traffic.Read(ConnectionCapability.Trading);
        TimeSpan? age = _hasSubscriptions && !settings.IsTape && Volatile.Read(ref _dataTimestamp) is var at and not 0 ? time.GetElapsedTime(at) : null;
        var data = new HealthSample(true, reads.P95, reads.Baseline, reads.ErrorRate ?? 0, age, settings.StaleAfter);

        // Until orders were sent, the probes say how the venue answers.
        var orders = trading.Count == 0 ? data : data with { Latency = trading.P95, Baseline = trading.Baseline, ErrorRate = Math.Max(trading.ErrorRate ?? 0, data.ErrorRate) };
        return (HealthScore.Of(data), HealthScore.Of(orders));
    }

    private ConnectionState State_NeedsLock(bool dataUp, bool tradingUp) => this switch
    {
        _ when _failure is not null => ConnectionState.Failed,
        _ when _isDraining => ConnectionState.Draining,
        _ when !_isReady => _wasReady || _phase.Contains("next attempt", StringComparison.Ordinal) ? ConnectionState.Down : ConnectionState.Connecting,
        _ when dataUp && (tradingUp || !_hasTrading) => ConnectionState.Connected,
        _ when dataUp => ConnectionState.Degraded,
        _ when !_marketUp && _marketReason == "no market stream yet" => ConnectionState.Connecting,
        _ => ConnectionState.Down,
    };

    private string Reason_NeedsLock(ConnectionState state, bool silent, bool tradingUp) => this switch
    {
        _ when _failure is not null => _failure,
        _ when _isDraining => "closing",
        _ when !_isReady => _phase,
        _ when !_marketUp => _marketReason,
        _ when silent => Volatile.Read(ref _dataAt) is var at and not 0 ? $"market data silent since {new Timestamp(at).ToDateTimeOffset():HH:mm:ss}" : "no market data has come",
        _ when _probeFailures >= MostProbeFailures && !HeardLately_NeedsLock() => _probeReason,
        _ when tradingUp || !_hasTrading => "ok",
        _ when !_userUp => $"no trading: {_userReason}",
        _ when _probeFailures >= MostProbeFailures => $"no trading: {_probeReason}",
        _ when !_isSynchronised => "no trading: reading the account",
        _ => "no trading: the circuit breaker is open after repeated failures",
    };
}
