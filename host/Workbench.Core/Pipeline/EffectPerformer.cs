using System.Collections.Concurrent;
using Workbench.Core.Connections;
using Workbench.Core.Execution;
using Workbench.Sdk;

namespace Workbench.Core.Pipeline;

/// <summary>Performs effects off the pipeline's thread; what became of them comes back as facts.</summary>
internal sealed class EffectPerformer(Func<ConnectionId, Connection?> connections, PipelineInbox inbox, TimeProvider time)
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Task, byte> _running = new();

    /// <summary>True when nothing is on its way.</summary>
    public bool IsIdle => _running.IsEmpty;

    /// <summary>Begins one effect. Pipeline thread only; its facts are durable by now.</summary>
    public void Perform(ExecutionEffect effect)
    {
        var task = Task.Run(() => PerformAsync(effect));
        _running[task] = 0;
        _ = task.ContinueWith(static (t, running) => ((ConcurrentDictionary<Task, byte>)running!).TryRemove(t, out _), _running, TaskScheduler.Default);
    }

    /// <summary>Waits a moment for what is on its way. What is still out then is unknown, and settled by the next start.</summary>
    public async Task DrainAsync() => await Task.WhenAny(Task.WhenAll(_running.Keys), Task.Delay(DrainLimit, time)).ConfigureAwait(false);

    private Task PerformAsync(ExecutionEffect effect)
    {
        var connection = connections(effect.Connection);
        switch (effect)
        {
            case SendOrder send when connection is not null:
                return connection.Trading.SubmitAsync(send.Order);
            case SendCancel cancel when connection is not null:
                return connection.Trading.CancelAsync(cancel.Order);
            case LookUpOrder lookUp when connection is not null:
                return connection.Trading.LookUpAsync(lookUp.Order);
            default:
                Post(effect, new VenueError(VenueErrorKind.Unavailable, $"there is no connection {effect.Connection}"));
                return Task.CompletedTask;
        }
    }

    private void Post(ExecutionEffect effect, VenueError error)
    {
        var now = Timestamp.Now(time);
        inbox.Post(new OrderFact(effect switch
        {
            SendOrder send => new AttemptAnswered(now, send.Order.ClientOrderId, new OrderOutcome.NotSent(error)),
            SendCancel cancel => new CancelAnswered(now, cancel.Order.ClientOrderId, new OrderOutcome.NotSent(error)),
            _ => new OrderLookedUp(now, ((LookUpOrder)effect).Order.ClientOrderId, error, now),
        }));
    }
}
