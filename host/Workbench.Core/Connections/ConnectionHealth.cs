using Workbench.Core.Health;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>Takes the facts about a connection from any thread, and reports what follows from them: each change once. What follows is written in <see cref="Diagnosis"/>.</summary>
internal sealed partial class ConnectionHealth(ConnectionSettings settings, TimeProvider time, LocalFaults localFaults, Action<ConnectionStatus> report)
{
    /// <summary>How far a score must move before it is worth a report.</summary>
    private const int ScoreStep = 5;

    private static readonly TimeSpan ScoreEvery = TimeSpan.FromSeconds(1);

    // Written by the stream's thread without the lock: the hot path.
    private long _dataAt;
    private long _dataTimestamp;
    private long _dataDelayTicks;

    // Guarded by the lock.
    private readonly Lock _lock = new();
    private readonly HealthFacts _facts = new();
    private readonly CapabilityBoard _capabilities = new(Timestamp.Now(time));
    private readonly Restrictions _restrictions = new(time);
    private readonly Func<VenueError, string> _explain = error => localFaults.Explain(settings.Id, error);
    private ConnectionStatus? _last;
    private (int Data, int Trading) _scores = (100, 100);
    private long _scoredAt = time.GetTimestamp();
    private long _freshSince;
    private long _timedTimestamp;

    /// <summary>What probes and calls have shown.</summary>
    public ConnectionTraffic Traffic { get; } = new(time);

    /// <summary>Told of each attempt to bring up a stream, and whether it came up.</summary>
    public Action<ConnectionCapability, bool> StreamTried { get; init; } = static (_, _) => { };

    /// <summary>Reads what the connection may still send; set once it is open.</summary>
    public Func<RateHeadroom?> Headroom { get; set; } = static () => null;

    /// <summary>Reads the age of the oldest subscription; null when nothing is subscribed.</summary>
    public Func<DataAge?> OldestData { get; set; } = static () => null;

    /// <summary>True when everything that orders need works, whether or not they are halted.</summary>
    public bool IsTradable => Read(static h => h.Diagnose_NeedsLock().IsTradable);

    /// <summary>True while orders are halted because the venue seems to have lost state: what it does not find proves nothing.</summary>
    public bool HasLostState => Read(static h => h._facts.Halts.ContainsKey(HaltCause.State));

    /// <summary>True from the moment market data fell silent until the account was read again.</summary>
    public bool NeedsSynchronising
    {
        get
        {
            lock (_lock)
            {
                return _facts is { UserUp: true, IsSynchronised: false };
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
                return _facts.Gaps;
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

    /// <summary>True while the stream delivers. Any thread.</summary>
    public bool IsDataUp
    {
        get
        {
            lock (_lock)
            {
                return Diagnose_NeedsLock().DataUp;
            }
        }
    }

    /// <summary>Why no order may leave because of the clocks, or null. Any thread.</summary>
    public string? SkewText
    {
        get
        {
            lock (_lock)
            {
                return _facts.IsClockSuspect ? "the venue refused the time of a request; its clock is being asked" : Diagnose_NeedsLock().SkewText;
            }
        }
    }

    /// <summary>The newest status with everything that is known.</summary>
    public ConnectionStatus Status
    {
        get
        {
            var (headroom, oldest) = (Headroom(), OldestData());
            lock (_lock)
            {
                _capabilities.Read(Traffic);
                var diagnosis = Diagnose_NeedsLock();
                return Build_NeedsLock(diagnosis) with { Capabilities = _capabilities.Describe(diagnosis), Budget = headroom, OldestData = oldest };
            }
        }
    }

    /// <summary>Orders stay away from now on.</summary>
    /// <returns>False when they did already, for this cause.</returns>
    public bool Halt(HaltCause cause, string reason)
    {
        var isNew = false;
        Change(() => isNew = _facts.Halts.TryAdd(cause, reason));
        return isNew;
    }

    /// <summary>One cause of a halt is gone.</summary>
    public void Allow(HaltCause cause) => Change(() => _facts.Halts.Remove(cause));

    /// <summary>Orders may come again.</summary>
    /// <returns>False when they were not halted.</returns>
    public bool Resume()
    {
        var wasHalted = false;
        Change(() =>
        {
            wasHalted = _facts.Halts.Count > 0;
            _facts.Halts.Clear();
        });
        return wasHalted;
    }

    /// <summary>A readiness check has ended.</summary>
    public void Checked(ConnectionReadiness readiness) => Change(() => _facts.Readiness = readiness);

    public void Phase(string phase) => Change(() => (_facts.Phase, _facts.IsReady, _facts.NotReady) = (phase, false, null));

    /// <summary>Bringing it up has failed and is tried again after a wait.</summary>
    public void Retrying(VenueError error, TimeSpan wait) => Change(() =>
    {
        (_facts.IsReady, _facts.NotReady) = (false, Trouble.After(_facts.NotReady, Timestamp.Now(time), error.Message, error, wait));
    });

    public void Failed(string reason) => Change(() => _facts.Failure = reason);

    public void Draining() => Change(() => _facts.IsDraining = true);

    public void Opened(bool isSimulated, bool hasTrading, string? note) =>
        Change(() => (_facts.IsSimulated, _facts.HasTrading, _facts.Note) = (isSimulated, hasTrading, note));

    public void Ready() => Change(() => (_facts.IsReady, _facts.WasReady, _facts.ProbeFailures, _facts.NotReady) = (true, true, 0, null));

    public void MarketUp()
    {
        Came(ConnectionCapability.MarketDataStream);
        Change(() => (_facts.MarketUp, _facts.MarketTrouble, _freshSince) = (true, null, time.GetTimestamp()));
    }

    /// <summary>The market stream has ended, or could not begin.</summary>
    /// <param name="why">What was seen.</param>
    /// <param name="error">The failure behind it, where there was one.</param>
    /// <param name="next">How long until it is tried again.</param>
    public void MarketDown(string why, VenueError? error = null, TimeSpan? next = null)
    {
        Ended(ConnectionCapability.MarketDataStream, error, _facts.MarketUp);
        Change(() => (_facts.MarketUp, _facts.MarketTrouble) = (false, Trouble.After(_facts.MarketTrouble, Timestamp.Now(time), why, error, next)));
    }

    public void Subscribed(bool any) => Change(() =>
    {
        _freshSince = any && !_facts.HasSubscriptions ? time.GetTimestamp() : _freshSince;
        _facts.HasSubscriptions = any;
        _facts.IsSuspect = any && _facts.IsSuspect; // Silence was judged by subscriptions that are gone.
    });

    public void UserUp()
    {
        Came(ConnectionCapability.UserStream);
        Change(() =>
        {
            (_facts.UserUp, _facts.UserTrouble) = (true, null);
            Missed_NeedsLock();
        });
    }

    /// <summary>The account's stream has ended, or could not begin.</summary>
    /// <param name="why">What was seen.</param>
    /// <param name="error">The failure behind it, where there was one.</param>
    /// <param name="next">How long until it is tried again.</param>
    public void UserDown(string why, VenueError? error = null, TimeSpan? next = null)
    {
        Ended(ConnectionCapability.UserStream, error, _facts.UserUp);
        Change(() =>
        {
            (_facts.UserUp, _facts.UserTrouble) = (false, Trouble.After(_facts.UserTrouble, Timestamp.Now(time), why, error, next));
            Missed_NeedsLock();
        });
    }

    /// <summary>The account was read; it counts unless something was missed since the reading began.</summary>
    /// <param name="gaps">What <see cref="Gaps"/> said when the reading began.</param>
    public void Synchronised(int gaps) => Change(() =>
    {
        _facts.AccountTrouble = null;
        _facts.IsSynchronised |= _facts.UserUp && gaps == _facts.Gaps;
    });

    /// <summary>The account could not be read; orders wait until it was.</summary>
    public void AccountUnreadable(VenueError error) =>
        Change(() => _facts.AccountTrouble = Trouble.After(_facts.AccountTrouble, Timestamp.Now(time), error.Message, error));

    /// <summary>The venue was asked for its time.</summary>
    /// <param name="latency">How long the answer took; null when there was none.</param>
    /// <param name="problem">Why there was none, in words; null when there was one.</param>
    /// <param name="error">The failure behind it.</param>
    /// <param name="clock">Where the venue's clock stands by now.</param>
    public void Probed(TimeSpan? latency, string? problem, VenueError? error = null, ClockReading? clock = null) => Change(() =>
    {
        if (error?.Kind is VenueErrorKind.RateLimited or VenueErrorKind.Banned)
        {
            return; // A question that was held back, or refused for its number, says nothing about the venue.
        }

        _facts.Latency = latency ?? _facts.Latency;
        _facts.ProbeFailures = problem is null ? 0 : _facts.ProbeFailures + 1;
        _facts.ProbeTrouble = problem is null ? null : Trouble.After(_facts.ProbeTrouble, Timestamp.Now(time), problem, error);
        if (problem is null)
        {
            (_facts.Clock, _facts.IsClockSuspect) = (clock ?? _facts.Clock, false);
        }

        if (!_facts.Answers)
        {
            // A venue that did not answer may have swallowed the account's events, too.
            Missed_NeedsLock();
        }
    });

    public void Breakers(BreakerState trading, BreakerState reads) => Change(() => (_facts.TradingBreaker, _facts.ReadBreaker) = (trading, reads));

    /// <summary>Market data has arrived. The hot path: three writes; a stale connection is judged again at the next look.</summary>
    public void Heard(MarketStamp stamp)
    {
        Volatile.Write(ref _dataDelayTicks, (stamp.ReceivedAt - stamp.VenueTime).Ticks);
        Volatile.Write(ref _dataAt, stamp.ReceivedAt.UnixNanoseconds);
        Volatile.Write(ref _dataTimestamp, time.GetTimestamp());
    }

    /// <summary>A read has shown that the subscribed markets are quiet and nothing was missed: as good as data.</summary>
    public void Proven() => Volatile.Write(ref _dataTimestamp, time.GetTimestamp());

    /// <summary>Some subscriptions are stale or invalid while the stream as a whole flows; null when none is.</summary>
    public void Stale(string? text) => Change(() => _facts.Stale = text);

    /// <summary>Judges again because time has passed.</summary>
    public void Look() => Change(() =>
    {
        if (_facts.MarketUp && IsSilent_NeedsLock())
        {
            // What the account's stream missed meanwhile must be read before orders go there again.
            _facts.IsSuspect = true;
            Missed_NeedsLock();
        }
        else if (_facts is { IsSuspect: true, MarketUp: true } && HeardLately_NeedsLock())
        {
            _facts.IsSuspect = false;
        }

        if (_facts is { TradingMaintenance: not null, IsSynchronised: true } && time.GetElapsedTime(_closedAt) >= ClosedFor)
        {
            Missed_NeedsLock(); // Reading the account finds out whether the venue is open again.
        }

        TimeDelay_NeedsLock();
        if (time.GetElapsedTime(_scoredAt) >= ScoreEvery)
        {
            _scoredAt = time.GetTimestamp();
            _capabilities.Read(Traffic);
            _scores = Score_NeedsLock();
        }
    });

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            (_facts.Restriction, _facts.IsRestricted) = _restrictions.Now();
            var diagnosis = Diagnose_NeedsLock();
            var status = Build_NeedsLock(diagnosis);
            _capabilities.Judge(diagnosis, Timestamp.Now(time));
            if (_last is { } last && !IsNews(last, status))
            {
                return;
            }

            _last = status;
            report(status);
        }
    }

    private T Read<T>(Func<ConnectionHealth, T> read)
    {
        lock (_lock)
        {
            return read(this);
        }
    }

    private static bool IsNews(ConnectionStatus last, ConnectionStatus status) =>
        (last.State, last.Reason, last.DataUp, last.TradingUp) != (status.State, status.Reason, status.DataUp, status.TradingUp)
        || Math.Abs(last.DataScore - status.DataScore) >= ScoreStep || Math.Abs(last.TradingScore - status.TradingScore) >= ScoreStep;

    private void Missed_NeedsLock() => (_facts.IsSynchronised, _facts.Gaps) = (false, _facts.Gaps + 1);

    private bool HeardLately_NeedsLock() => Volatile.Read(ref _dataTimestamp) is var at and not 0 && time.GetElapsedTime(at) <= settings.StaleAfter;

    private bool IsSilent_NeedsLock() =>
        !settings.IsTape && _facts.HasSubscriptions && !HeardLately_NeedsLock() && (_facts.IsSuspect || time.GetElapsedTime(_freshSince) > settings.StaleAfter);

    private Diagnosis Diagnose_NeedsLock()
    {
        var at = Volatile.Read(ref _dataAt);
        return new Diagnosis(_facts, new DataFlow(IsSilent_NeedsLock(), HeardLately_NeedsLock(), at == 0 ? null : new Timestamp(at)), _explain);
    }

    /// <summary>Takes the delay of the newest event, at most one with every look: enough for percentiles, and nothing on the hot path.</summary>
    private void TimeDelay_NeedsLock()
    {
        var at = Volatile.Read(ref _dataTimestamp);
        var delay = Volatile.Read(ref _dataDelayTicks);
        if (at == _timedTimestamp || delay == 0)
        {
            return; // Nothing new, or a venue that states no time.
        }

        _timedTimestamp = at;
        var offset = _facts.Clock is { } clock ? (clock.Low + clock.High) / 2 : TimeSpan.Zero;
        Traffic.Time(ConnectionCapability.MarketDataStream, TimeSpan.FromTicks(delay) + offset);
    }

    private (int Data, int Trading) Score_NeedsLock()
    {
        var (reads, trading) = (_capabilities[ConnectionCapability.MarketDataReads], _capabilities[ConnectionCapability.Trading]);
        TimeSpan? age = _facts.HasSubscriptions && !settings.IsTape && Volatile.Read(ref _dataTimestamp) is var at and not 0 ? time.GetElapsedTime(at) : null;
        var data = new HealthSample(true, reads.P95, reads.Baseline, reads.ErrorRate ?? 0, age, settings.StaleAfter);

        // Until orders were sent, the probes say how the venue answers.
        var orders = trading.Count == 0 ? data : data with { Latency = trading.P95, Baseline = trading.Baseline, ErrorRate = Math.Max(trading.ErrorRate ?? 0, data.ErrorRate) };
        return (HealthScore.Of(data), HealthScore.Of(orders));
    }

    private ConnectionStatus Build_NeedsLock(Diagnosis diagnosis)
    {
        var state = diagnosis.State;
        var reason = diagnosis.Reason;
        return new ConnectionStatus
        {
            Id = settings.Id,
            State = state,
            Reason = _facts.Note is null ? reason : $"{reason}; {_facts.Note}",
            Since = _last is { } last && last.State == state ? last.Since : Timestamp.Now(time),
            IsSimulated = _facts.IsSimulated,
            DataUp = diagnosis.DataUp,
            TradingUp = diagnosis.TradingUp,
            DataScore = diagnosis.DataUp ? _scores.Data : 0,
            TradingScore = diagnosis.TradingUp ? _scores.Trading : 0,
            Latency = _facts.Latency,
            LastDataAt = diagnosis.Data.HeardAt,
            ClockOffset = _facts.Clock?.Low,
            TradingBreaker = _facts.TradingBreaker,
            ReadBreaker = _facts.ReadBreaker,
            Readiness = _facts.Readiness is { IsReady: true } checkedReadiness && !diagnosis.TradingUp ? checkedReadiness with { IsReady = false, Reason = $"NOT READY: {reason}" } : _facts.Readiness,
        };
    }
}
