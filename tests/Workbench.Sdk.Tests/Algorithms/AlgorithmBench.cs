using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Workbench.Sdk.Tests.Algorithms;

/// <summary>Orders that end as the test says, on a clock that the test moves.</summary>
internal sealed class AlgorithmBench : IOrders
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Channel<TestOrder> _sent = Channel.CreateUnbounded<TestOrder>();

    /// <summary>For options that say the step themselves.</summary>
    public static IMarket NoMarket => null!;

    public static Symbol Btc => "BTC/USDT";

    public SignallingTime Time { get; } = new();

    /// <summary>Every order that was sent.</summary>
    public List<TestOrder> Sent { get; } = [];

    /// <summary>What happens to an order as it is sent.</summary>
    public Action<TestOrder> OnSubmit { get; set; } = static _ => { };

    /// <summary>What happens to an order that is cancelled.</summary>
    public Action<TestOrder> OnCancel { get; set; } = static order => order.End(OrderStatus.Cancelled);

    public IReadOnlyList<Order> Open => [.. Sent.Select(o => o.State).Where(o => !o.IsDone)];

    public IReadOnlyList<Order> Unreachable => [];

    public IReadOnlyList<Order> All => [.. Sent.Select(o => o.State)];

    public IOrderHandle Submit(OrderRequest request)
    {
        var order = new TestOrder(this, request, Sent.Count + 1);
        lock (Sent)
        {
            // Two at a time would be the very thing that must not be.
            Sent.ShouldAllBe(o => o.Done.IsCompleted);
            Sent.Add(order);
        }

        OnSubmit(order);
        _sent.Writer.TryWrite(order);
        return order;
    }

    public bool Cancel(ClientOrderId id) => Sent.Single(o => o.Id == id).Cancel();

    public IAsyncEnumerable<Order> Changes(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<Order>();

    /// <summary>The next order that is sent.</summary>
    public async Task<TestOrder> NextAsync() => await _sent.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Moves the clock once the algorithm waits on it.</summary>
    public async Task PassAsync(double seconds)
    {
        await Time.Timers.WaitAsync(Patience);
        Time.Advance(TimeSpan.FromSeconds(seconds));
    }

    public static async Task<AlgorithmProgress> EndOfAsync(Algorithm algorithm) => await algorithm.Completion.WaitAsync(Patience);

    internal sealed class SignallingTime : FakeTimeProvider
    {
        /// <summary>One for each wait that began.</summary>
        public SemaphoreSlim Timers { get; } = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Timers.Release();
            return timer;
        }
    }

    internal sealed class TestOrder(AlgorithmBench bench, OrderRequest request, int number) : IOrderHandle
    {
        private readonly TaskCompletionSource<Order> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public OrderRequest Request => request;

        public int Cancels { get; private set; }

        public ClientOrderId Id { get; } = new("o" + number.ToString(CultureInfo.InvariantCulture));

        public Order State { get; private set; } = new()
        {
            Id = new ClientOrderId("o" + number.ToString(CultureInfo.InvariantCulture)),
            Request = request,
            Knowledge = OrderKnowledge.Known,
            Status = OrderStatus.New,
            Quantity = request.Quantity,
            CreatedAt = default,
            UpdatedAt = default,
        };

        public Task<Order> Answered => Task.FromResult(State);

        public Task<Order> Done => _done.Task;

        public bool Cancel()
        {
            Cancels++;
            bench.OnCancel(this);
            return true;
        }

        public void Fill(decimal? quantity = null, decimal price = 100)
        {
            var filled = State.FilledQuantity + new Quantity(quantity ?? (request.Quantity - State.FilledQuantity).Value);
            State = State with { FilledQuantity = filled, AverageFillPrice = new Price(price), Status = OrderStatus.PartiallyFilled };
            if (filled == request.Quantity)
            {
                End(OrderStatus.Filled);
            }
        }

        public void End(OrderStatus status, string? reason = null)
        {
            State = State with { Status = status, IsDone = true, Reason = reason };
            _done.TrySetResult(State);
        }
    }
}
