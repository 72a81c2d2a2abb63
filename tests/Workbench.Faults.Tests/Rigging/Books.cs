using Workbench.Sdk;

namespace Workbench.Faults.Tests.Rigging;

/// <summary>Compares what the host believes with what its venues know.</summary>
internal static class Books
{
    /// <summary>Every way in which the two disagree; empty when they agree.</summary>
    public static IReadOnlyList<string> Differences(IWorkbench host, IReadOnlyDictionary<ConnectionId, VenueTruth> venues) =>
        [.. Settled(host), .. venues.SelectMany(v => Orders(host, v.Key, v.Value)), .. venues.SelectMany(v => Fills(host, v.Key, v.Value))];

    private static IEnumerable<string> Settled(IWorkbench host) =>
        host.Orders.All.Where(o => o.Knowledge is OrderKnowledge.Unknown or OrderKnowledge.InFlight).Select(o => $"{o.Id} is {o.Knowledge} ({o.Reason})");

    private static IEnumerable<string> Orders(IWorkbench host, ConnectionId connection, VenueTruth venue)
    {
        var theirs = venue.Orders;
        var ours = host.Orders.All.Where(o => o.Connection == connection).ToDictionary(o => o.Id.Value);
        foreach (var group in theirs.GroupBy(o => o.ClientId))
        {
            if (group.Count() > 1)
            {
                yield return $"{connection} has {group.Count()} orders {group.Key}";
            }

            var order = group.First();
            if (!ours.TryGetValue(group.Key, out var known))
            {
                yield return $"{connection} has an order {group.Key} ({order.Status}) that the host does not have there";
            }
            else if (known.IsDone == order.IsOpen || known.FilledQuantity.Value != order.Executed)
            {
                yield return $"{group.Key} at {connection} is {order.Status} with {order.Executed} filled, and for the host {known.Status} with {known.FilledQuantity}";
            }
        }

        var missing = theirs.Select(o => o.ClientId).ToHashSet();
        foreach (var order in ours.Values.Where(o => o.VenueOrderId is not null && !missing.Contains(o.Id.Value)))
        {
            yield return $"{order.Id} ({order.Status}) is not at {connection}";
        }
    }

    private static IEnumerable<string> Fills(IWorkbench host, ConnectionId connection, VenueTruth venue)
    {
        var theirs = venue.Fills;
        var ours = host.Portfolio.Fills.Where(f => f.Connection == connection).ToArray();
        var lost = theirs.Select(f => (f.ClientId, f.Price, f.Quantity)).ToList();
        foreach (var fill in ours)
        {
            if (!lost.Remove((fill.OrderId?.Value ?? "", fill.Price.Value, fill.Quantity.Value)))
            {
                yield return $"the host has a fill of {fill.OrderId}, {fill.Quantity} at {fill.Price}, that {connection} has not, or has it twice";
            }
        }

        foreach (var fill in lost)
        {
            yield return $"the host lacks a fill of {fill.ClientId}, {fill.Quantity} at {fill.Price}, of {connection}";
        }

        foreach (var group in theirs.GroupBy(f => f.Symbol))
        {
            var net = group.Sum(f => f.IsBuy ? f.Quantity : -f.Quantity);
            var held = host.Portfolio.Positions.Where(p => p.Connection == connection && p.Symbol.ToString().Replace("/", "", StringComparison.Ordinal) == group.Key).Sum(p => p.Net.Value);
            if (net != held)
            {
                yield return $"the position in {group.Key} at {connection} is {net}, and for the host {held}";
            }
        }
    }
}
