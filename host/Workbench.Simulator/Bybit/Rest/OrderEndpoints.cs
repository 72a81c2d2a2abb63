using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary>Order entry, and the queries for orders and executions.</summary>
internal sealed class OrderEndpoints(SimulatedVenue venue, OrderGateway gateway, Ledgers ledgers, FaultLab faults)
{
    private const long DayMicros = 86_400_000_000;
    private const long MaxSpanMillis = 7L * 86_400_000;

    public IEnumerable<RestRoute> All =>
    [
        Order("create"),
        Order("amend"),
        Order("cancel"),
        Order("create-batch"),
        Order("amend-batch"),
        Order("cancel-batch"),
        RestRoute.Command("/v5/order/cancel-all", call => gateway.CancelAll(call.Credential!, call.Body)),
        RestRoute.Private("/v5/order/realtime", Limit.Realtime, call => Checked(call, Realtime)),
        RestRoute.Private("/v5/order/history", Limit.History, call => Checked(call, History)),
        RestRoute.Private("/v5/execution/list", Limit.Executions, call => Checked(call, Executions)),
    ];

    private RestRoute Order(string verb) =>
        RestRoute.Command("/v5/order/" + verb, call => gateway.Run("order." + verb, call.Credential!, call.Body));

    private Reply Checked(RestCall call, Func<RestCall, Reply> answer)
    {
        var error = Categories.Check(call.Category);
        if (!error.IsNone)
        {
            return Reply.Fail(error);
        }

        if (call.Number("endTime") - call.Number("startTime") is < 0 or > MaxSpanMillis)
        {
            return Reply.Fail(BybitError.Parameter("The time range between startTime and endTime cannot exceed 7 days."));
        }

        return Cursor.Parse(call.Text("cursor")) == 0
            ? Reply.Fail(BybitError.Parameter("Invalid cursor"))
            : venue.Execute(_ => call.Category == Categories.Spot ? answer(call) : Page(call, [], ""));
    }

    private Reply Realtime(RestCall call)
    {
        var byId = call.Text("orderId").Length > 0 || call.Text("orderLinkId").Length > 0;
        var found = byId || call.Text("openOnly") == "1"
            ? Visible(call, ledgers[call.Account].OpenAndRecent())
            : Visible(call).Reverse().Where(o => o.IsOpen);
        var (page, next) = Cursor.Cut(found, o => o.Id, Cursor.Parse(call.Text("cursor")), call.Limit(20, 50));
        return Page(call, page, next);
    }

    private Reply History(RestCall call)
    {
        var now = venue.Clock.NowMicros;
        var status = call.Text("orderStatus");

        // An order that ended without a fill is forgotten after a day.
        var found = Visible(call).Reverse()
            .Where(o => !o.IsOpen && (o.Executed > 0 || o.UpdatedMicros >= now - DayMicros))
            .Where(o => IsWithin(call, o.CreatedMicros / 1000) && (status.Length == 0 || OrderText.Status(o) == status));
        var (page, next) = Cursor.Cut(found, o => o.Id, Cursor.Parse(call.Text("cursor")), call.Limit(20, 50));
        return Page(call, page, next);
    }

    private Reply Executions(RestCall call)
    {
        var filter = call.Filter;
        var found = ledgers[call.Account].Fills.Reverse()
            .Where(f => filter.Matches(f.Order) && IsNamed(call, f.Order) && !IsLagging(f.Order))
            .Where(f => IsWithin(call, f.Trade.TimeMicros / 1000))
            .Where(_ => call.Text("execType") is "" or "Trade");
        var (page, next) = Cursor.Cut(found, f => f.Ordinal, Cursor.Parse(call.Text("cursor")), call.Limit(50, 100));
        return Reply.Ok(writer =>
        {
            writer.WriteString("nextPageCursor", next);
            writer.WriteString("category", call.Category);
            writer.WriteList("list", page, static (w, fill) => ExecutionJson.Write(w, fill, isPush: false));
        });
    }

    private Reply Page(RestCall call, List<Order> page, string next) => Reply.Ok(writer =>
    {
        writer.WriteString("nextPageCursor", next);
        writer.WriteString("category", call.Category);
        writer.WriteList("list", page, (w, order) => OrderJson.Write(w, order, ledgers[call.Account], isPush: false));
    });

    // Oldest first.
    private IEnumerable<Order> Visible(RestCall call) => Visible(call, ledgers[call.Account].Orders);

    private IEnumerable<Order> Visible(RestCall call, IEnumerable<Order> orders)
    {
        var filter = call.Filter;
        return orders.Where(o => filter.Matches(o) && IsNamed(call, o) && !IsLagging(o));
    }

    private static bool IsNamed(RestCall call, Order order)
    {
        var (id, link) = (call.Text("orderId"), call.Text("orderLinkId"));
        return id.Length > 0 ? BybitIds.EngineOrder(id) == order.Id : link.Length == 0 || link == order.ClientId;
    }

    // Without both bounds the last seven days are meant; with one, seven days from it.
    private bool IsWithin(RestCall call, long millis)
    {
        var (start, end) = (call.Number("startTime"), call.Number("endTime"));
        var from = start ?? (end ?? venue.Clock.NowMillis) - MaxSpanMillis;
        return millis >= from && millis <= (end ?? from + MaxSpanMillis);
    }

    private bool IsLagging(Order order) => QueryFaults.Hides(faults, order, venue.Clock.NowMicros);
}
