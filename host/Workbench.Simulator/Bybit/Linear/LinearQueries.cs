using Workbench.Simulator.Bybit.Rest;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>The queries for orders, executions and closed profits of contracts.</summary>
internal sealed class LinearQueries(LinearVenue linear, FaultLab faults)
{
    private const long DayMicros = 86_400_000_000;
    private const long MaxSpanMillis = 7L * 86_400_000;

    public IEnumerable<RestRoute> All =>
    [
        RestRoute.Private("/v5/order/realtime", Limit.Realtime, call => Checked(call, Realtime)),
        RestRoute.Private("/v5/order/history", Limit.History, call => Checked(call, History)),
        RestRoute.Private("/v5/execution/list", Limit.Executions, call => Checked(call, Executions)),
        RestRoute.Private("/v5/position/closed-pnl", Limit.ClosedPnl, call => Checked(call, ClosedProfits)),
    ];

    private Reply Checked(RestCall call, Func<RestCall, Account, Reply> answer)
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

        if (call.Text("symbol").Length > 0 && linear.Prices(call.Text("symbol")) is null)
        {
            return Reply.Fail(LinearError.UnknownSymbol);
        }

        return Cursor.Parse(call.Text("cursor")) == 0
            ? Reply.Fail(BybitError.Parameter("Invalid cursor"))
            : linear.Execute(_ => answer(call, linear.Join(call.Account).Account));
    }

    private Reply Realtime(RestCall call, Account account)
    {
        if (call.Text("symbol").Length + call.Text("baseCoin").Length + call.Text("settleCoin").Length == 0)
        {
            return Reply.Fail(BybitError.Parameter("params error: one of symbol, baseCoin and settleCoin is required"));
        }

        var byId = call.Text("orderId").Length > 0 || call.Text("orderLinkId").Length > 0;
        var found = byId || call.Text("openOnly") == "1"
            ? Visible(call, linear.Ledgers[account].OpenAndRecent())
            : Visible(call, linear.Ledgers[account].Orders.Reverse()).Where(o => o.IsOpen);
        var (page, next) = Cursor.Cut(found, o => o.Id, Cursor.Parse(call.Text("cursor")), call.Limit(20, 50));
        return Page(call, page, next);
    }

    private Reply History(RestCall call, Account account)
    {
        var now = linear.Clock.NowMicros;
        var status = call.Text("orderStatus");

        // An order that ended without a fill is forgotten after a day.
        var found = Visible(call, linear.Ledgers[account].Orders.Reverse())
            .Where(o => !o.IsOpen && (o.Executed > 0 || o.UpdatedMicros >= now - DayMicros))
            .Where(o => IsWithin(call, o.CreatedMicros / 1000) && (status.Length == 0 || LinearText.Status(o) == status));
        var (page, next) = Cursor.Cut(found, o => o.Id, Cursor.Parse(call.Text("cursor")), call.Limit(20, 50));
        return Page(call, page, next);
    }

    private Reply Executions(RestCall call, Account account)
    {
        var kind = call.Text("execType");
        var found = linear.History[account].Executions.Reverse()
            .Where(x => IsMeant(call, x) && (kind.Length == 0 || x.Type == kind) && IsWithin(call, x.TimeMicros / 1000))
            .Where(x => x.Order is null || !IsLagging(x.Order));
        var (page, next) = Cursor.Cut(found, x => x.Ordinal, Cursor.Parse(call.Text("cursor")), call.Limit(50, 100));
        return Reply.Ok(writer =>
        {
            writer.WriteString("nextPageCursor", next);
            writer.WriteString("category", call.Category);
            writer.WriteList("list", page, static (w, row) => LinearExecutionJson.Write(w, row, isPush: false));
        });
    }

    private Reply ClosedProfits(RestCall call, Account account)
    {
        var symbol = call.Text("symbol");
        var found = linear.History[account].Closed.Reverse()
            .Where(c => (symbol.Length == 0 || c.Symbol == symbol) && IsWithin(call, c.UpdatedMicros / 1000));
        var (page, next) = Cursor.Cut(found, c => c.Ordinal, Cursor.Parse(call.Text("cursor")), call.Limit(50, 100));
        return Reply.Ok(writer =>
        {
            writer.WriteString("nextPageCursor", next);
            writer.WriteString("category", call.Category);
            writer.WriteList("list", page, ClosedPnlJson.Write);
        });
    }

    private Reply Page(RestCall call, List<Order> page, string next) => Reply.Ok(writer =>
    {
        writer.WriteString("nextPageCursor", next);
        writer.WriteString("category", call.Category);
        writer.WriteList("list", page, (w, order) => LinearOrderJson.Write(w, order, linear, isPush: false));
    });

    private IEnumerable<Order> Visible(RestCall call, IEnumerable<Order> orders)
    {
        // The kinds of spot orders are others than those of contracts.
        var filter = call.Filter with { Kind = null };
        var kind = call.Text("orderFilter");
        return orders.Where(o => filter.Matches(o) && IsNamed(call, o) && IsOfKind(o, kind) && !IsLagging(o));
    }

    private static bool IsOfKind(Order order, string filter) => filter switch
    {
        "Order" => order.Tag is LinearTag { StopOrderType: "" },
        "StopOrder" => order.Tag is LinearTag { StopOrderType: not "" },
        "tpslOrder" => order.Tag is LinearTag { IsPositionStop: true },
        _ => true,
    };

    private static bool IsNamed(RestCall call, Order order)
    {
        var (id, link) = (call.Text("orderId"), call.Text("orderLinkId"));
        return id.Length > 0 ? LinearIds.EngineOrder(id) == order.Id : link.Length == 0 || link == order.ClientId;
    }

    private static bool IsMeant(RestCall call, LinearExecution row)
    {
        var (id, link) = (call.Text("orderId"), call.Text("orderLinkId"));
        return (call.Text("symbol") is var symbol && (symbol.Length == 0 || symbol == row.Symbol))
            && (call.Text("baseCoin") is var coin && (coin.Length == 0 || coin == row.BaseCoin))
            && (call.Text("settleCoin") is var settle && (settle.Length == 0 || settle == row.SettleCoin))
            && (id.Length > 0 ? row.Order is { } order && LinearIds.EngineOrder(id) == order.Id : link.Length == 0 || link == row.Order?.ClientId);
    }

    // Without both bounds the last seven days are meant; with one, seven days from it.
    private bool IsWithin(RestCall call, long millis)
    {
        var (start, end) = (call.Number("startTime"), call.Number("endTime"));
        var from = start ?? (end ?? linear.Clock.NowMillis) - MaxSpanMillis;
        return millis >= from && millis <= (end ?? from + MaxSpanMillis);
    }

    private bool IsLagging(Order order) => QueryFaults.Hides(faults, order, linear.Clock.NowMicros);
}
