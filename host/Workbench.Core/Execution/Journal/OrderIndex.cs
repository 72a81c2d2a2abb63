using Workbench.Sdk;

namespace Workbench.Core.Execution.Journal;

/// <summary>Which order of ours an event of a journal is about, whichever id it uses.</summary>
internal sealed class OrderIndex
{
    private readonly Dictionary<ClientOrderId, ClientOrderId> _orders = [];
    private readonly Dictionary<ClientOrderId, ConnectionId> _connections = [];
    private readonly Dictionary<OrderKey, ClientOrderId> _atVenues = [];

    public OrderIndex(IReadOnlyList<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            Learn(entry.Event);
        }
    }

    public IReadOnlyList<ClientOrderId> Exact(string text) =>
        [.. _orders.Where(o => o.Key.Value == text).Select(o => o.Value).Concat(_atVenues.Where(o => o.Key.VenueOrderId.Value == text).Select(o => o.Value)).Distinct()];

    public IReadOnlyList<ClientOrderId> Beginning(string text) =>
        [.. _orders.Where(o => o.Key.Value.StartsWith(text, StringComparison.Ordinal)).Select(o => o.Value).Distinct()];

    /// <summary>The order that an event is about, or null.</summary>
    public ClientOrderId? OrderOf(ExecutionEvent e) => e switch
    {
        IntentCreated x => x.Id,
        IntentDenied x => Ours(x.Id),
        AttemptPrepared x => Ours(x.Id),
        AttemptAnswered x => Ours(x.Id),
        CancelRequested x => Ours(x.Id),
        CancelAnswered x => Ours(x.Id),
        OrderLookedUp x => Ours(x.Id),
        DeadProven x => Ours(x.Id),
        OrderReported x => AtVenue(x.Connection, x.Report.Symbol, x.Report.VenueOrderId, x.Report.ClientOrderId),
        FillReported x => AtVenue(x.Connection, x.Fill.Symbol, x.Fill.VenueOrderId, x.Fill.ClientOrderId),
        _ => null,
    };

    private void Learn(ExecutionEvent e)
    {
        switch (e)
        {
            case IntentCreated x:
                _orders[x.Id] = x.Id;
                break;
            case AttemptPrepared x:
                _orders[x.Order.ClientOrderId] = x.Id;
                _connections[x.Order.ClientOrderId] = x.Connection;
                break;
            case AttemptAnswered x:
                LearnOutcome(x.Id, x.Outcome);
                break;
            case CancelAnswered x:
                LearnOutcome(x.Id, x.Outcome);
                break;
            case OrderLookedUp { Answer: { IsOk: true, Value: { } report } } x:
                LearnReport(x.Id, report);
                break;
            case OrderReported { Report.ClientOrderId: { } id } x when Ours(id) is { } order:
                _atVenues[new OrderKey(x.Connection, x.Report.Symbol, x.Report.VenueOrderId)] = order;
                break;
        }
    }

    private void LearnOutcome(ClientOrderId id, OrderOutcome outcome)
    {
        switch (outcome)
        {
            case OrderOutcome.Accepted accepted:
                LearnReport(id, accepted.Report);
                break;
            case OrderOutcome.Replaced replaced:
                LearnOutcome(id, replaced.Cancel);
                LearnOutcome(id, replaced.Placement);
                break;
        }
    }

    private void LearnReport(ClientOrderId id, OrderReport report)
    {
        if (Ours(id) is { } order && _connections.TryGetValue(id, out var connection))
        {
            _atVenues[new OrderKey(connection, report.Symbol, report.VenueOrderId)] = order;
        }
    }

    private ClientOrderId? AtVenue(ConnectionId connection, Symbol symbol, VenueOrderId venueId, ClientOrderId? id) =>
        (id is { } ours ? Ours(ours) : null) ?? (_atVenues.TryGetValue(new OrderKey(connection, symbol, venueId), out var order) ? order : null);

    private ClientOrderId? Ours(ClientOrderId id) => _orders.TryGetValue(id, out var order) ? order : null;
}
