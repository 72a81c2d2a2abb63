using Workbench.Core.Execution;
using Workbench.Core.Pipeline;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Surface;

/// <summary><see cref="IOrders"/> over the engine, in the name of one origin.</summary>
internal sealed class EngineOrders(WorkbenchEngine engine, string origin, CancellationToken stop) : IOrders
{
    public IReadOnlyList<Order> Open => [.. All.Where(o => !o.IsDone)];

    public IReadOnlyList<Order> Unreachable => [.. Open.Where(o => o.Connection is { } at && engine.Boards.Connection(at) is not { TradingUp: true })];

    public IReadOnlyList<Order> All => engine.Boards.Orders;

    public IOrderHandle Submit(OrderRequest request)
    {
        var now = Timestamp.Now(engine.Time);
        var id = engine.NextOrderId();
        var first = new Order { Id = id, Request = request, Knowledge = OrderKnowledge.NotSent, Quantity = request.Quantity, CreatedAt = now, UpdatedAt = now };
        var handle = new OrderHandle(first, Cancel);
        engine.Boards.Follow(handle);
        CrashPoint.Reached(CrashPoint.IntentMade);
        engine.Inbox.Post(new OrderFact(new IntentCreated(now, id, request, origin) { MaxAttempts = engine.MaxAttempts }));
        return handle;
    }

    public bool Cancel(ClientOrderId id)
    {
        if (engine.Boards.Order(id) is not { IsDone: false })
        {
            return false;
        }

        engine.Inbox.Post(new OrderFact(new CancelRequested(Timestamp.Now(engine.Time), id, origin)));
        return true;
    }

    public IAsyncEnumerable<Order> Changes(CancellationToken cancellationToken) =>
        engine.Boards.OrderChanges.Subscribe(cancellationToken.CanBeCanceled ? cancellationToken : stop);
}
