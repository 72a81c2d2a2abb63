using Workbench.Sdk;

namespace Workbench.Core.Connections.Standby;

/// <summary>Finds out whether a venue has forgotten what it said about our orders. Pure. One finding is a suspicion: queries lag, and replicas err.</summary>
internal static class AccountRegression
{
    /// <summary>Older orders may be archived by the venue; they prove nothing.</summary>
    private static readonly TimeSpan OldestWitness = TimeSpan.FromDays(7);

    /// <summary>Why a reading of the open orders contradicts what the venue said before; null when it does not.</summary>
    /// <param name="open">The reading.</param>
    /// <param name="known">What we know of an order.</param>
    /// <param name="connection">Where it was read.</param>
    /// <param name="after">What was known up to this moment does not count: the operator has taken the venue's word for it.</param>
    /// <param name="settledBefore">Only what was known before this moment counts: queries lag behind the venue's own events.</param>
    public static string? InOpenOrders(IReadOnlyList<OrderReport> open, Func<ClientOrderId, Order?> known, ConnectionId connection, Timestamp after, Timestamp settledBefore)
    {
        foreach (var report in open)
        {
            if (report.ClientOrderId is not { } id || known(id) is not { } order || order.Connection != connection || order.UpdatedAt > settledBefore || order.UpdatedAt <= after)
            {
                continue;
            }

            if (order is { IsDone: true, Status: { } status } && status.IsFinal())
            {
                return $"it lists order {id} as open that was {status} at {order.UpdatedAt.ToDateTimeOffset():HH:mm:ss}";
            }

            if (report.FilledQuantity is { } filled && filled < order.FilledQuantity)
            {
                return $"it says that order {id} has filled {filled}, and it had filled {order.FilledQuantity} at {order.UpdatedAt.ToDateTimeOffset():HH:mm:ss}";
            }
        }

        return null;
    }

    /// <summary>The newest order whose fills the venue must still know; null when there is none.</summary>
    public static Order? Witness(IEnumerable<Order> orders, ConnectionId connection, Timestamp after, Timestamp settledBefore) => orders
        .Where(o => o.Connection == connection && o.IsDone && o.VenueOrderId is not null && !o.FilledQuantity.IsZero && o.UpdatedAt > after && o.UpdatedAt <= settledBefore && settledBefore - o.UpdatedAt < OldestWitness)
        .MaxBy(o => o.UpdatedAt);

    /// <summary>Why the venue's word about a witness contradicts what it said before; null when it does not.</summary>
    public static string? InWitness(Order witness, OrderReport? found)
    {
        var then = $"{witness.FilledQuantity} had filled at {witness.UpdatedAt.ToDateTimeOffset():HH:mm:ss}";
        return found is null ? $"it does not know order {witness.Id}, of which {then}"
            : found.FilledQuantity is { } filled && filled < witness.FilledQuantity ? $"it says that order {witness.Id} has filled {filled}, of which {then}"
            : !found.Status.IsFinal() ? $"it lists order {witness.Id} as {found.Status}, of which {then}"
            : null;
    }
}
