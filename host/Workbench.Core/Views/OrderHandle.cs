using Workbench.Sdk;

namespace Workbench.Core.Views;

/// <summary>Follows one order for whoever asked for it.</summary>
internal sealed class OrderHandle(Order first, Func<ClientOrderId, bool> cancel) : IOrderHandle
{
    private readonly TaskCompletionSource<Order> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Order> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Order _state = first;

    public ClientOrderId Id => _state.Id;

    public Order State => _state;

    public Task<Order> Answered => _answered.Task;

    public Task<Order> Done => _done.Task;

    public bool Cancel() => cancel(Id);

    /// <summary>Pipeline thread only.</summary>
    public void Update(Order order)
    {
        _state = order;
        if (order.IsDone || order.Knowledge is OrderKnowledge.Known or OrderKnowledge.Unknown)
        {
            _answered.TrySetResult(order);
        }

        if (order.IsDone)
        {
            _done.TrySetResult(order);
        }
    }
}
