using System.Globalization;

namespace Workbench.EndToEnd.Tests.Kills;

/// <summary>What a restarted host tells of its journal.</summary>
internal sealed record KillReport(IReadOnlyList<HostOrder> Orders, IReadOnlyList<HostFill> Fills, decimal Position)
{
    // Installation, epoch and number of the intent; what follows is the attempt and the check.
    private const int IntentLength = 14;

    public static KillReport Read(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries);
        return new KillReport(
            [.. lines.Where(l => l.StartsWith("order ", StringComparison.Ordinal)).Select(HostOrder.Read)],
            [.. lines.Where(l => l.StartsWith("fill ", StringComparison.Ordinal)).Select(HostFill.Read)],
            decimal.Parse(lines.Last(l => l.StartsWith("position ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Everything in which the venue's own record and the journal disagree; empty when they agree.</summary>
    /// <param name="venue">Whose record.</param>
    /// <param name="mayBeUnknown">True when an order may still be unknown, if it says why; the venue may have such an order or not.</param>
    public async Task<IReadOnlyList<string>> DifferencesAsync(KillVenue venue, bool mayBeUnknown = false)
    {
        var (theirs, trades) = (await venue.OrdersAsync(), await venue.TradesAsync());
        return [.. OrderDifferences(theirs, mayBeUnknown), .. FillDifferences(trades, mayBeUnknown)];
    }

    private IEnumerable<string> OrderDifferences(IReadOnlyList<VenueOrder> theirs, bool mayBeUnknown)
    {
        var ours = Orders.ToDictionary(o => Intent(o.Id));
        foreach (var group in theirs.GroupBy(o => Intent(o.ClientId)))
        {
            if (group.Count() > 1)
            {
                yield return $"duplicate: the venue has {group.Count()} orders for intent {group.Key}";
            }

            var order = group.First();
            if (!ours.TryGetValue(group.Key, out var known))
            {
                yield return $"orphan: the venue has {order}, the journal does not";
            }
            else if (!(mayBeUnknown && known.IsUnknown) && (known.Filled != order.Executed || !known.Fits(order)))
            {
                yield return $"state: the venue has {order}, the journal {known}";
            }
        }

        var taken = theirs.Select(o => Intent(o.ClientId)).ToHashSet();
        foreach (var order in ours.Where(o => !taken.Contains(o.Key)).Select(o => o.Value))
        {
            if (order.VenueId != "-" || order.Filled > 0)
            {
                yield return $"invented: the journal has {order}, the venue does not";
            }
        }

        foreach (var order in Orders.Where(o => o.IsUnknown && (!mayBeUnknown || o.Reason.Length == 0)))
        {
            yield return $"unsettled: {order}";
        }
    }

    private IEnumerable<string> FillDifferences(IReadOnlyList<VenueTrade> trades, bool mayBeUnknown)
    {
        var unknown = Orders.Any(o => mayBeUnknown && o.IsUnknown);
        var ours = Fills.GroupBy(f => f.TradeId).ToDictionary(g => g.Key, g => g.ToArray());
        foreach (var (id, fills) in ours.Where(o => o.Value.Length > 1))
        {
            yield return $"doubled fill: trade {id} is in the journal {fills.Length} times";
        }

        foreach (var trade in trades.Where(t => !ours.ContainsKey(t.Id) && !unknown))
        {
            yield return $"forgotten fill: {trade}";
        }

        var known = trades.ToDictionary(t => t.Id);
        foreach (var fill in Fills.Where(f => !known.TryGetValue(f.TradeId, out var t) || t.Quantity != f.Quantity || t.IsBuy != f.IsBuy))
        {
            yield return $"invented fill: {fill}";
        }

        var net = trades.Sum(t => t.IsBuy ? t.Quantity : -t.Quantity);
        if (net != Position && !unknown)
        {
            yield return $"position: {net} at the venue, {Position} in the journal";
        }
    }

    private static string Intent(string clientId) => clientId.Length > IntentLength ? clientId[..IntentLength] : clientId;
}

/// <summary>An order as the journal has it.</summary>
internal sealed record HostOrder(string Id, string Knowledge, string Status, decimal Filled, string VenueId, string Reason)
{
    public bool IsUnknown => Knowledge is "Unknown" or "InFlight";

    public static HostOrder Read(string line)
    {
        var parts = line.Split(' ', 8);
        return new HostOrder(parts[1], parts[2], parts[3], decimal.Parse(parts[5], CultureInfo.InvariantCulture), parts[6], parts.Length > 7 ? parts[7] : "");
    }

    /// <summary>True when this is how Workbench calls the venue's state.</summary>
    public bool Fits(VenueOrder order) => order.Status switch
    {
        "NEW" => Status == "New",
        "PARTIALLY_FILLED" => Status == "PartiallyFilled",
        "FILLED" => Status == "Filled",
        "CANCELED" => Status == "Cancelled",
        "REJECTED" => Status == "Rejected",
        _ => Status == "Expired",
    };
}

/// <summary>A fill as the journal has it.</summary>
internal sealed record HostFill(long TradeId, string OrderId, bool IsBuy, decimal Quantity)
{
    public static HostFill Read(string line)
    {
        var parts = line.Split(' ');
        return new HostFill(long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], parts[3] == "Buy", decimal.Parse(parts[4], CultureInfo.InvariantCulture));
    }
}
