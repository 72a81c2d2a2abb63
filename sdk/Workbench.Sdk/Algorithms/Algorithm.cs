namespace Workbench.Sdk;

/// <summary>
/// An algorithm that works one quantity by several orders, one after the other: while one of them is not done, and an unknown one never is, no other is sent. So it
/// never has more at the venues than is left of its quantity.
/// </summary>
/// <remarks>Its members are safe on any thread. It lives in its process alone: after a restart its orders are there, and it is not.</remarks>
public abstract class Algorithm
{
    private const int MostRefusals = 3;
    private readonly Lock _lock = new();
    private readonly List<IOrderHandle> _orders = [];
    private readonly IOrders _venue;
    private readonly IProgress<AlgorithmProgress>? _listener;
    private readonly string _name;
    private readonly long _startedAt;

    // Guarded by the lock.
    private TaskCompletionSource _asked = NewSignal();
    private AlgorithmState _state;
    private string? _reason;
    private int _refusals;
    private bool _isPaused;

    internal Algorithm(string name, Quantity quantity, IOrders orders, TimeProvider time, IProgress<AlgorithmProgress>? listener)
    {
        (_name, Quantity, _venue, Time, _listener, _startedAt) = (name, quantity, orders, time, listener, time.GetTimestamp());
        Completion = Task.FromResult(Progress);
    }

    /// <summary>Ends with the last word about it, once it is over and none of its orders is open. Never fails: an order that the host refuses to take ends it with the reason.</summary>
    public Task<AlgorithmProgress> Completion { get; private set; }

    /// <summary>How far it has come.</summary>
    public AlgorithmProgress Progress
    {
        get
        {
            lock (_lock)
            {
                return SnapshotNeedsLock();
            }
        }
    }

    private protected Quantity Quantity { get; }

    private protected TimeProvider Time { get; }

    private protected TimeSpan Elapsed => Time.GetElapsedTime(_startedAt);

    private protected Quantity Left => Progress.Filled is var filled && filled < Quantity ? Quantity - filled : default;

    private protected bool IsStopping
    {
        get
        {
            lock (_lock)
            {
                return _state is AlgorithmState.Stopping;
            }
        }
    }

    private protected bool IsPaused
    {
        get
        {
            lock (_lock)
            {
                return _isPaused;
            }
        }
    }

    /// <summary>Cancels its open order and sends nothing until <see cref="Resume"/>. Nothing happens when it is over.</summary>
    public void Pause() => Ask(() => _isPaused = true);

    /// <summary>Goes on where the schedule is by now. Nothing happens when it is not paused.</summary>
    public void Resume() => Ask(() => _isPaused = false);

    /// <summary>Cancels its open order and ends; <see cref="Completion"/> ends when that order is done.</summary>
    public void Cancel() => Ask(() => StopNeedsLock("it was cancelled"));

    private protected void Start(CancellationToken cancellationToken) => Completion = LiveAsync(cancellationToken);

    private protected abstract Task WorkAsync();

    /// <summary>Ends it early: nothing more is sent.</summary>
    private protected void Stop(string reason)
    {
        lock (_lock)
        {
            StopNeedsLock(reason);
        }
    }

    /// <summary>Waits for a moment of its own time, or until somebody asks something of it.</summary>
    private protected Task WaitAsync(TimeSpan until) => WaitAsync(null, until);

    /// <summary>
    /// Works one order: until it is done, or until a moment of the algorithm's time, or until <paramref name="isOver"/> says so at one of the looks in between; then it is
    /// cancelled. Returns when it is done, however long that takes.
    /// </summary>
    private protected async Task RunOrderAsync(OrderRequest request, TimeSpan? until, TimeSpan? lookEvery = null, Func<bool>? isOver = null)
    {
        var order = _venue.Submit(request with { Tag = request.Tag ?? _name });
        lock (_lock)
        {
            _orders.Add(order);
        }

        Tell();
        while (!order.Done.IsCompleted && !IsStopping && !IsPaused && !(Elapsed >= until))
        {
            var look = lookEvery is { } every ? Elapsed + every : TimeSpan.MaxValue;
            await WaitAsync(order.Done, until < look ? until.Value : look).ConfigureAwait(false);
            if (Elapsed >= look && isOver?.Invoke() == true)
            {
                break;
            }
        }

        var isOurs = !order.Done.IsCompleted;
        if (isOurs)
        {
            order.Cancel();
            await HoldAsync(order).ConfigureAwait(false);
        }

        Judge(await order.Done.ConfigureAwait(false), isOurs);
        Tell();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<AlgorithmProgress> LiveAsync(CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(Cancel);
        try
        {
            await WorkAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // boundary: an algorithm that fails ends, and says why
        catch (Exception e)
#pragma warning restore CA1031
        {
            Stop($"it failed: {e.Message}");
        }

        lock (_lock)
        {
            _state = SnapshotNeedsLock().Filled >= Quantity ? AlgorithmState.Completed : AlgorithmState.Ended;
            _reason = _state == AlgorithmState.Completed ? null : _reason ?? "its time is over";
        }

        Tell();
        return Progress;
    }

    private async Task WaitAsync(Task? order, TimeSpan until)
    {
        Task asked;
        lock (_lock)
        {
            asked = _asked.Task;
        }

        using var over = new CancellationTokenSource();
        var left = until - Elapsed;
        var time = until == TimeSpan.MaxValue ? Task.Delay(Timeout.InfiniteTimeSpan, Time, over.Token) : Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, Time, over.Token);
        await Task.WhenAny(asked, time, order ?? time).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    // What is not known is not done, and nothing follows it before it is.
    private async Task HoldAsync(IOrderHandle order)
    {
        if (!order.Done.IsCompleted)
        {
            Say(AlgorithmState.Held, $"order {order.Id} is not done yet");
            await order.Done.ConfigureAwait(false);
            Say(AlgorithmState.Running, null);
        }
    }

    private void Judge(Order order, bool isCancelledByUs)
    {
        if (order is { Status: OrderStatus.Cancelled } && !isCancelledByUs)
        {
            Stop($"order {order.Id} was cancelled by somebody else: {order.Reason ?? "no reason given"}");
            return;
        }

        var isRefused = order.FilledQuantity.IsZero && order.Status is not (OrderStatus.Cancelled or OrderStatus.Filled);
        _refusals = isRefused ? _refusals + 1 : 0;
        if (_refusals >= MostRefusals)
        {
            Stop($"{MostRefusals} orders in a row came to nothing, the last one: {order.Reason ?? "no reason given"}");
        }
    }

    private void Say(AlgorithmState state, string? reason)
    {
        lock (_lock)
        {
            if (_state is AlgorithmState.Stopping)
            {
                return;
            }

            (_state, _reason) = (state, reason);
        }

        Tell();
    }

    private void StopNeedsLock(string reason)
    {
        if (_state is not (AlgorithmState.Stopping or AlgorithmState.Completed or AlgorithmState.Ended))
        {
            (_state, _reason) = (AlgorithmState.Stopping, reason);
        }
    }

    private void Ask(Action change)
    {
        TaskCompletionSource asked;
        lock (_lock)
        {
            change();
            asked = _asked;
            _asked = NewSignal();
        }

        asked.TrySetResult();
        Tell();
    }

    private void Tell() => _listener?.Report(Progress);

    private AlgorithmProgress SnapshotNeedsLock()
    {
        var (filled, value) = (default(Quantity), 0m);
        foreach (var order in _orders)
        {
            var state = order.State;
            filled += state.FilledQuantity;
            value += state.AverageFillPrice is { } price ? price.Value * state.FilledQuantity.Value : 0;
        }

        return new AlgorithmProgress
        {
            State = _state == AlgorithmState.Running && _isPaused ? AlgorithmState.Paused : _state,
            Quantity = Quantity,
            Filled = filled,
            AverageFillPrice = filled.IsZero || value <= 0 ? null : new Price(value / filled.Value),
            Orders = [.. _orders.Select(o => o.Id)],
            Reason = _reason,
        };
    }
}
