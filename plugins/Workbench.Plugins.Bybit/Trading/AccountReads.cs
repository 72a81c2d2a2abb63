using Workbench.Plugins.Bybit.Instruments;
using Workbench.Plugins.Bybit.Json;
using Workbench.Plugins.Bybit.Rest;
using Workbench.Plugins.Bybit.UserData;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Trading;

/// <summary>Reads orders, fills and balances of the account. A list is whole or an error.</summary>
internal sealed class AccountReads(ConnectorContext context, BybitRest rest, InstrumentDirectory instruments)
{
    private const string OrdersPerPage = "50";
    private const string FillsPerPage = "100";

    /// <summary>Reads the orders of a path and query, all pages. One that cannot be read makes it an error.</summary>
    public async Task<ReadResult<List<OrderReport>>> OrdersAsync(string path, Func<Query> query, RequestLane lane, CancellationToken cancellationToken)
    {
        var orders = new List<OrderReport>();
        VenueError? bad = null;
        var error = await Pages.ReadAllAsync(async cursor =>
        {
            var reply = await rest.GetSignedAsync(path, query().Add("limit", OrdersPerPage).AddCursor(cursor), lane, cancellationToken).ConfigureAwait(false);
            return reply.Failure is { } failure ? failure.Error : ListResult.Read(reply.Result, (ref JsonCursor row) =>
            {
                var order = OrderReports.From(OrderRow.Read(ref row), row.TakeProblem(), instruments.Map, reply.VenueTime ?? reply.ReceivedAt);
                Keep(order, orders, ref bad);
            });
        }).ConfigureAwait(false);
        return (error ?? bad) is { } failed ? failed : orders;
    }

    /// <summary>Reads the executions of one order, all pages, newest first as the venue gives them; only trades.</summary>
    public async Task<ReadResult<List<(FillReport Fill, decimal? OrderQuantity)>>> FillsAsync(OrderReference order, CancellationToken cancellationToken)
    {
        var fills = new List<(FillReport, decimal?)>();
        VenueError? bad = null;
        var error = await Pages.ReadAllAsync(async cursor =>
        {
            var query = Query.Spot().Add("symbol", order.Instrument.VenueSymbol).Add("orderLinkId", order.ClientOrderId.Value).Add("limit", FillsPerPage).AddCursor(cursor);
            var reply = await rest.GetSignedAsync("/v5/execution/list", query, RequestLane.LookUp, cancellationToken).ConfigureAwait(false);
            return reply.Failure is { } failure ? failure.Error : ListResult.Read(reply.Result, (ref JsonCursor cursorInRow) =>
            {
                var row = ExecutionRow.Read(ref cursorInRow);
                var problem = cursorInRow.TakeProblem();
                if (FillReports.IsTrade(row))
                {
                    var fill = OwnedBy(order, FillReports.From(row, problem, instruments.Map, reply.VenueTime ?? reply.ReceivedAt));
                    bad ??= fill.Error;
                    if (fill.IsOk)
                    {
                        fills.Add((fill.Value, row.OrderQuantity));
                    }
                }
            });
        }).ConfigureAwait(false);
        return (error ?? bad) is { } failed ? failed : fills;
    }

    /// <summary>Reads all balances that are not zero.</summary>
    public async Task<ReadResult<IReadOnlyList<Balance>>> BalancesAsync(CancellationToken cancellationToken)
    {
        var query = new Query().Add("accountType", "UNIFIED");
        var reply = await rest.GetSignedAsync("/v5/account/wallet-balance", query, RequestLane.Read, cancellationToken).ConfigureAwait(false);
        if (reply.Failure is { } failure)
        {
            return failure.Error;
        }

        var balances = new List<Balance>();
        var read = ListResult.Read(reply.Result, (ref JsonCursor row) => WalletRow.Read(ref row, balances));
        if (!read.IsOk)
        {
            return read.Error!;
        }

        balances.RemoveAll(b => b.Free == Amount.Zero && b.Locked == Amount.Zero);
        return ReadResult<IReadOnlyList<Balance>>.Ok(balances);
    }

    // An order of a market that the venue no longer lists cannot be ours: ours are sent with their instrument. It is named, and hides no other.
    private void Keep(ReadResult<OrderReport> order, List<OrderReport> orders, ref VenueError? bad)
    {
        if (order.IsOk)
        {
            orders.Add(order.Value);
        }
        else if (order.Error!.Kind == VenueErrorKind.NotFound)
        {
            Log.UnknownMarket(context.Logger, context.Connection, order.Error.Message);
        }
        else
        {
            bad ??= order.Error;
        }
    }

    // The venue was asked for this order's executions only, and leaves our id out of some; one that names another order shows that the answer is not ours.
    private static ReadResult<FillReport> OwnedBy(OrderReference order, ReadResult<FillReport> fill)
    {
        if (!fill.IsOk)
        {
            return fill;
        }

        var isForeign = fill.Value.ClientOrderId is { } link ? link != order.ClientOrderId : order.VenueOrderId is { } id && id != fill.Value.VenueOrderId;
        return isForeign
            ? new VenueError(VenueErrorKind.BadResponse, "The venue answered with an execution of another order.")
            : fill.Value with { ClientOrderId = order.ClientOrderId };
    }
}
