using Microsoft.Extensions.Logging;
using Workbench.Core.Connections.Standby;
using Workbench.Core.Health;
using Workbench.Core.Metrics;
using Workbench.Core.Pipeline;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>One configured connection: brings its connector up, keeps its streams running, judges its health, and sends for it. It is never given up.</summary>
internal sealed class Connection : IMarketSource, IAsyncDisposable
{
    /// <summary>What a halt for <see cref="HaltCause.State"/> says first.</summary>
    public const string OldState = "the venue seems to have come back with an old state";

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly OpenConnector _open;
    private readonly PipelineInbox _inbox;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SubscriptionSet _subscriptions;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConnectionPipelines _pipelines;
    private readonly Lock _startLock = new();
    private readonly Func<int> _backlog;
    private readonly MarketIdWatch _marketIds;
    private readonly VenueClockWatch _venueClock;
    private readonly Alarm _probeNow;
    private long _unreadable;
    private Task? _life;
    private ConnectorOpening.Opened? _opened;
    private ConnectionStatus? _reported;
    private bool _isRefused;

    public Connection(
        ConnectionSettings settings, OpenConnector open, PipelineInbox inbox, Func<ConnectionId, int> backlog, LocalFaults localFaults, StandbyView standby, TimeProvider time,
        ILogger logger)
    {
        (Settings, _open, _inbox, _time, _logger) = (settings, open, inbox, time, logger);
        _backlog = () => backlog(settings.Id);
        Health = new ConnectionHealth(settings, time, localFaults, Report) { StreamTried = (stream, isUp) => Metrics.StreamTried(settings.Id, stream, isUp) };
        _probeNow = new Alarm(time);
        _subscriptions = new SubscriptionSet(any => Health.Subscribed(any), time, hasSignOfLife: !settings.IsTape);
        Health.OldestData = () => DataAges.Where(a => a.Subscription.Channel is MarketChannel.Quotes or MarketChannel.Book).MaxBy(a => (a.IsStale, a.Age));
        _pipelines = new ConnectionPipelines(settings.Resilience, new Random(settings.Id.GetHashCode()), time);
        Breaker.Changed += change => BreakerChanged("trading", change);
        ReadBreaker.Changed += change => BreakerChanged("read", change);
        Trading = new TradingLane(this, _pipelines, inbox, time, logger);
        Poller = new QuotePoller(this, _subscriptions, inbox, time, logger);
        Instruments = new InstrumentLoop(this, inbox, time, logger, _pipelines.Backoff);
        Readiness = new ReadinessLoop(this, standby, inbox, time, logger);
        _marketIds = new MarketIdWatch(settings.StaleAfter, time);
        _venueClock = new VenueClockWatch(time);
    }

    public ConnectionId Id => Settings.Id;

    /// <summary>Where its figures go.</summary>
    public WorkbenchMetrics Metrics
    {
        get => field ??= new WorkbenchMetrics(_time);
        init;
    }

    /// <summary>How many WebSockets it has open.</summary>
    public int OpenSockets => _opened?.OpenSockets() ?? 0;

    /// <summary>How the HTTP connections of its venue are used, by all who share them.</summary>
    public IReadOnlyList<HttpLaneUse> Pool => _opened?.Pool() ?? [];

    public ConnectionSettings Settings { get; }

    public ConnectionHealth Health { get; }

    /// <summary>Guards orders; cancels are counted by it and never refused.</summary>
    public CircuitBreaker Breaker => _pipelines.TradingBreaker;

    /// <summary>Guards reads.</summary>
    public CircuitBreaker ReadBreaker => _pipelines.ReadBreaker;

    public TradingLane Trading { get; }

    /// <summary>Market data that was put aside because it could not be read, or cannot be.</summary>
    public long Unreadable => Volatile.Read(ref _unreadable);

    /// <summary>Reads prices by request while no stream delivers them.</summary>
    public QuotePoller Poller { get; }

    /// <summary>Why an order must not leave at this moment; asked right before its bytes do.</summary>
    public Func<ClientOrderId, string?> SendRefusal { get; init; } = static _ => null;

    /// <summary>Whether this connection is the one to poll a market now; set before it starts.</summary>
    public Func<Symbol, bool> MayPoll { get; init; } = static _ => false;

    /// <summary>Reads the instruments again.</summary>
    public InstrumentLoop Instruments { get; }

    /// <summary>Finds out ahead of need whether orders could move here.</summary>
    public ReadinessLoop Readiness { get; }

    public bool IsTape => Settings.IsTape;

    public bool IsSimulated => _opened?.IsSimulated ?? false;

    public VenueId Venue => _opened?.Connector.Manifest.Venue ?? new VenueId(Id.Value);

    /// <summary>Finds the order book that is kept of a market here, or null; for comparison with what the venue says when asked.</summary>
    public Func<Symbol, OrderBook?> Book { get; init; } = static _ => null;

    /// <summary>How old the data of each subscription is. Any thread.</summary>
    public IReadOnlyList<DataAge> DataAges =>
        [.. _subscriptions.States.Select(s => new DataAge(s.Subscription, s.Age, s.Condition is SubscriptionCondition.Stale or SubscriptionCondition.Interrupted))];

    /// <summary>The connector, once it is there.</summary>
    public IConnector? Connector => _opened?.Connector;

    /// <summary>Begins, unless it has begun already.</summary>
    public void Start()
    {
        lock (_startLock)
        {
            _life ??= Task.Run(LiveAsync);
        }
    }

    /// <summary>Market data was put aside.</summary>
    public void CountUnreadable() => Interlocked.Increment(ref _unreadable);

    /// <summary>True when the data of a subscription comes, or its market was proven to be quiet. False while it is silent for too long, interrupted, not there yet, or not subscribed. Any thread.</summary>
    public bool IsFresh(Symbol symbol, MarketChannel channel) =>
        _subscriptions.Find(new MarketSubscription(symbol, channel)) is { Condition: SubscriptionCondition.Live } state && state.Unproven <= StreamWatch.Limit(state, Settings);

    public void Subscribe(MarketSubscription subscription)
    {
        Start();
        _subscriptions.Add(subscription);
        _inbox.Post(new ReaderMoved(Id, subscription, IsThere: true));
    }

    public void Unsubscribe(MarketSubscription subscription)
    {
        _subscriptions.Remove(subscription);
        _inbox.Post(new ReaderMoved(Id, subscription, IsThere: false));
    }

    /// <summary>Reads with the connection's breaker and retries.</summary>
    public async Task<ReadResult<T>> ReadAsync<T>(Func<IConnector, CancellationToken, Task<ReadResult<T>>> read, CancellationToken cancellationToken)
    {
        if (Connector is not { } connector)
        {
            return new VenueError(VenueErrorKind.Unavailable, $"{Id} is not connected");
        }

        return await _pipelines.Reads<T>().ExecuteAsync(
            static async (s, ct) => await s.Item1.MeasureAsync(ConnectionCapability.MarketDataReads, s.read(s.connector, ct)).ConfigureAwait(false), (this, read, connector), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the venue for its time now, and lets the health see it; returns how long the answer took.</summary>
    public async Task<ReadResult<TimeSpan>> ProbeNowAsync(CancellationToken cancellationToken)
    {
        if (Connector is not { } connector)
        {
            return new VenueError(VenueErrorKind.Unavailable, $"{Id} is not connected");
        }

        _probeNow.Ring();
        var started = _time.GetTimestamp();
        var answer = await MeasureAsync(ConnectionCapability.MarketDataReads, connector.GetServerTimeAsync(cancellationToken)).ConfigureAwait(false);
        return answer.IsOk ? ReadResult<TimeSpan>.Ok(_time.GetElapsedTime(started)) : answer.Error!;
    }

    /// <summary>Takes the time of one attempt of a read, and heeds what its end says.</summary>
    public async Task<ReadResult<T>> MeasureAsync<T>(ConnectionCapability capability, Task<ReadResult<T>> attempt, string operation = "read")
    {
        var started = _time.GetTimestamp();
        Metrics.RequestBegan(Id, operation);
        var result = await attempt.ConfigureAwait(false);
        Called(capability, operation, Verdict.Of(result.Error), result.Error, _time.GetElapsedTime(started));
        return result;
    }

    /// <summary>Heeds the end of one call. A venue that refuses our time is asked for its own at once.</summary>
    public void Called(ConnectionCapability capability, string operation, CallVerdict verdict, VenueError? error, TimeSpan took)
    {
        Metrics.RequestEnded(Id, Venue, operation, verdict, took);
        Health.Called(capability, verdict, error, took);
        if (error?.Kind == VenueErrorKind.ClockSkew)
        {
            _probeNow.Ring();
        }
    }

    /// <summary>Takes no orders from now on, until the operator resumes it.</summary>
    public void Halt(HaltCause cause, string reason)
    {
        if (Health.Halt(cause, reason))
        {
            Notice(ConnectionEventKind.Halted, $"{Id} is HALTED: {reason}", isAlarm: true);
        }
    }

    /// <summary>Takes orders again; what the venue says from now on is the truth.</summary>
    /// <returns>False when it was not halted.</returns>
    public bool Resume(string by)
    {
        _marketIds.Reset();
        _venueClock.Reset();
        if (!Health.Resume())
        {
            return false;
        }

        Notice(ConnectionEventKind.Resumed, $"{Id} was resumed by {by}", isAlarm: false);
        Readiness.Resumed();
        return true;
    }

    /// <summary>Takes one event of the market stream, for what its ids say about the venue. The hot path.</summary>
    public void Watch(MarketEvent e)
    {
        if (_opened?.Connector.Manifest.MarketIdsOnlyRise == true && !IsTape && _marketIds.Regression(e) is { } regression)
        {
            Halt(HaltCause.State, $"{OldState}: {regression}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Health.Draining();
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_life is not null)
        {
            await _life.ConfigureAwait(false);
        }

        if (_opened is { } opened)
        {
            await opened.Connector.DisposeAsync().ConfigureAwait(false);
            await opened.Resources.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private async Task LiveAsync()
    {
        try
        {
            Health.Phase("opening");
            var opening = await _open(Id, _stop.Token).ConfigureAwait(false);
            if (opening is not ConnectorOpening.Opened opened)
            {
                Health.Failed(((ConnectorOpening.Failed)opening).Reason);
                return;
            }

            _opened = opened;
            Health.Headroom = opened.Headroom;
            Health.Opened(opened.IsSimulated, opened.Connector.Trading is not null, opened.Note);
            if (await BringUpAsync(opened).ConfigureAwait(false))
            {
                await RunAsync(opened).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // boundary: connection. A connector that throws takes its own connection down, not the host.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.ConnectionThrew(e, Id);
            Health.Failed($"its connector threw {e.GetType().Name}: {e.Message}");
        }
    }

    private async Task RunAsync(ConnectorOpening.Opened opened)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        Task[] loops =
        [
            new MarketStreamLoop(this, opened.Connector, _subscriptions, _inbox, _backlog, _time, _logger, _pipelines.Backoff).RunAsync(end.Token),
            .. AccountLoops(opened.Connector, end.Token),
            Poller.RunAsync(opened.Connector, end.Token),
            Instruments.RunAsync(opened.Connector, end.Token),
            Readiness.RunAsync(opened.Connector.Trading, end.Token),
            ProbeAsync(opened, end.Token),
            ProbeBreakerAsync(ReadBreaker, async ct => (await opened.Connector.GetServerTimeAsync(ct).ConfigureAwait(false)).Error, end.Token),
            opened.Connector.Trading is { } trading
                ? ProbeBreakerAsync(Breaker, async ct => (await trading.GetOpenOrdersAsync(ct).ConfigureAwait(false)).Error, end.Token)
                : Task.CompletedTask,
            LookAsync(opened, end.Token),
        ];
        try
        {
            await foreach (var ended in Task.WhenEach(loops).ConfigureAwait(false))
            {
                await ended.ConfigureAwait(false);
            }
        }
        finally
        {
            // One loop that fails ends the others: a connection is up as a whole or not at all.
            await end.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task[] AccountLoops(IConnector connector, CancellationToken cancellationToken)
    {
        if (connector.Trading is not { } trading)
        {
            return [];
        }

        var account = new AccountReader(this, trading, _inbox, _time, _logger);
        return [new UserStreamLoop(this, connector, trading, account, _inbox, _time, _logger, _pipelines.Backoff).RunAsync(cancellationToken), account.RunAsync(cancellationToken)];
    }

    /// <returns>False when it can never come up as configured.</returns>
    private async Task<bool> BringUpAsync(ConnectorOpening.Opened opened)
    {
        var connects = _pipelines.Connects(Health.Retrying);
        await connects.ExecuteAsync(static async (s, ct) => await s.Me.ConnectAsync(s.Opened, ct).ConfigureAwait(false), (Me: this, Opened: opened), _stop.Token).ConfigureAwait(false);
        return !_isRefused;
    }

    private async Task<VenueError?> ConnectAsync(ConnectorOpening.Opened opened, CancellationToken cancellationToken)
    {
        Health.Phase("connecting");
        var instruments = await MeasureAsync(ConnectionCapability.MarketDataReads, opened.Connector.GetInstrumentsAsync(cancellationToken), "instruments").ConfigureAwait(false);
        var error = instruments.Error ?? await ProbeOnceAsync(opened, cancellationToken).ConfigureAwait(false) ?? await CheckKeyAsync(opened, cancellationToken).ConfigureAwait(false);
        if (error is null && !_isRefused)
        {
            _inbox.Post(new InstrumentsLoaded(Id, new InstrumentMap(instruments.Value)));
            Health.Ready();
        }

        return error;
    }

    /// <summary>Where real money is, nothing is traded before the key's rights are known; a key that may withdraw is never used.</summary>
    private async Task<VenueError?> CheckKeyAsync(ConnectorOpening.Opened opened, CancellationToken cancellationToken)
    {
        if (!Settings.RefusesWithdrawals || opened.Connector.Trading is not { } trading)
        {
            return null;
        }

        var rights = await MeasureAsync(ConnectionCapability.Trading, trading.GetKeyRightsAsync(cancellationToken), "account").ConfigureAwait(false);
        if (rights.Error is { IsTransient: true } passing)
        {
            return passing;
        }

        if (rights.Error is { } error)
        {
            // Data needs no key. Orders wait until a readiness check has seen what the key may do.
            Halt(HaltCause.Key, $"what its key may do could not be read ({error})");
        }
        else if (rights.Value.CanWithdraw == true)
        {
            _isRefused = true;
            Health.Failed("its key may WITHDRAW, and with real money such a key is not used: take that right away from the key and start again");
        }

        return null;
    }

    private void Notice(ConnectionEventKind kind, string text, bool isAlarm) => _inbox.Post(new ConnectionNoticed(new ConnectionEvent(Timestamp.Now(_time), kind, Id, text), isAlarm));

    private async Task ProbeAsync(ConnectorOpening.Opened opened, CancellationToken cancellationToken)
    {
        while (!IsTape)
        {
            await _probeNow.WaitAsync(Settings.HealthInterval, cancellationToken).ConfigureAwait(false);
            using var deadline = new CancellationTokenSource(Settings.HealthInterval, _time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            await ProbeOnceAsync(opened, limit.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // While a breaker is open nothing is routed here, so nobody's call would ever find out that the venue is well again.
    private async Task ProbeBreakerAsync(CircuitBreaker breaker, Func<CancellationToken, Task<VenueError?>> probe, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookInterval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (breaker.IsProbeDue && await _pipelines.Probe(breaker).ExecuteAsync(
                static async (p, ct) => await p(ct).ConfigureAwait(false), probe, cancellationToken).ConfigureAwait(false) is { } error && breaker.IsProbeDue)
            {
                // Limits, credentials and our own network decide nothing, and asking at once would not help.
                await Task.Delay(Backoff.AtLeast(error.RetryAfter, Settings.Resilience.ProbeInterval), _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void BreakerChanged(string breaker, BreakerChange change)
    {
        _logger.BreakerChanged(Id, breaker, change.To, change.Reason);
        Metrics.BreakerMoved(Id, breaker, change.To);
        Health.Breakers(Breaker.State, ReadBreaker.State);
    }

    private async Task<VenueError?> ProbeOnceAsync(ConnectorOpening.Opened opened, CancellationToken cancellationToken)
    {
        var (asked, started) = (Timestamp.Now(_time), _time.GetTimestamp());
        Metrics.RequestBegan(Id, "probe");
        var answer = await opened.Connector.GetServerTimeAsync(cancellationToken).ConfigureAwait(false);
        var latency = _time.GetElapsedTime(started);

        if (answer.IsOk)
        {
            opened.ObserveClock(asked, Timestamp.Now(_time), answer.Value);
            if (!IsTape && _venueClock.Regression(answer.Value) is { } regression)
            {
                Halt(HaltCause.State, $"{OldState}: {regression}");
            }
        }

        // A probe that ran into its own limit was not answered; one that ends because we are closing says nothing.
        var isLate = answer.Error?.Kind == VenueErrorKind.Cancelled && !_stop.IsCancellationRequested;
        var verdict = isLate ? CallVerdict.VenueFault : Verdict.Of(answer.Error);
        Metrics.Probed(Id, Venue, verdict, latency);
        Called(ConnectionCapability.MarketDataReads, "probe", verdict, answer.Error, latency);
        Health.Probed(
            answer.IsOk ? latency : null,
            isLate ? $"the venue has not answered within {Settings.HealthInterval.TotalSeconds:0.#} s" : answer.Error?.Message,
            isLate ? null : answer.Error,
            opened.Clock());
        return answer.Error;
    }

    private async Task LookAsync(ConnectorOpening.Opened opened, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookInterval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            Health.Breakers(Breaker.State, ReadBreaker.State);
            Health.Held(opened.Hold()?.Message);
            Health.Look();
            Readiness.Look(Health.IsTradable);
        }
    }

    private void Report(ConnectionStatus status)
    {
        if (_reported?.State != status.State || !IsSaidAlready(_reported.Reason, status.Reason))
        {
            _logger.StateChanged(Id, status.State, status.Reason);
        }

        _reported = status;
        _inbox.Post(new ConnectionReported(status));
    }

    /// <summary>An age or a countdown in a reason moves with every look; the log has it once.</summary>
    private static bool IsSaidAlready(string before, string now) => before.Where(static c => !char.IsAsciiDigit(c)).SequenceEqual(now.Where(static c => !char.IsAsciiDigit(c)));
}
