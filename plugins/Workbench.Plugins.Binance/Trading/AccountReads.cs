using System.Globalization;
using System.Text.Json;
using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Json;
using Workbench.Plugins.Binance.Rest;
using Workbench.Plugins.Binance.Signing;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>The account's reads. What cannot be understood fails the whole read: a list with holes would look like the truth.</summary>
internal sealed class AccountReads(RestClient rest, Catalogue catalogue, ISigner signer)
{
    private const string NoSuchOrder = "-2013";
    private const int PageSize = 1000;

    public async Task<ReadResult<OrderReport?>> OrderAsync(OrderReference order, CancellationToken cancellationToken)
    {
        var query = new FormWriter().Add("symbol"u8, order.Instrument.VenueSymbol).Add("origClientOrderId"u8, order.ClientOrderId.Value);
        var reply = await rest.SignedReadAsync("/api/v3/order", signer, query, RequestLane.LookUp, Costs.Order, cancellationToken).ConfigureAwait(false);
        var read = rest.Read(reply, $"order {order.ClientOrderId}", r => Mine(JsonSerializer.Deserialize(r.Body.Span, BinanceJson.Default.OrderJson), order));
        return read.Error switch
        {
            null => read.Value,
            { Code: NoSuchOrder } => ReadResult<OrderReport?>.Ok(null),
            var error => error,
        };
    }

    public async Task<ReadResult<IReadOnlyList<OrderReport>>> OpenOrdersAsync(CancellationToken cancellationToken)
    {
        var reply = await rest.SignedReadAsync("/api/v3/openOrders", signer, new FormWriter(), RequestLane.Read, Costs.AllOpenOrders, cancellationToken).ConfigureAwait(false);
        return rest.Read(reply, "the open orders", r => All(JsonSerializer.Deserialize(r.Body.Span, BinanceJson.Default.ListOrderJson), ToReport));
    }

    public async Task<ReadResult<IReadOnlyList<FillReport>>> FillsAsync(OrderReference order, CancellationToken cancellationToken)
    {
        if (order.VenueOrderId is not { } id)
        {
            // The venue finds trades by its own id only.
            var found = await OrderAsync(order, cancellationToken).ConfigureAwait(false);
            return found switch
            {
                { Error: { } error } => error,
                { Value: { } report } => await FillsAsync(order with { VenueOrderId = report.VenueOrderId }, cancellationToken).ConfigureAwait(false),
                _ => new VenueError(VenueErrorKind.NotFound, $"The venue does not know order {order.ClientOrderId}."),
            };
        }

        var fills = new List<FillReport>();
        long? from = null;
        while (true)
        {
            var page = await FillPageAsync(order, id, from, cancellationToken).ConfigureAwait(false);
            if (page.Error is { } error)
            {
                return error;
            }

            fills.AddRange(page.Value);
            if (page.Value.Count < PageSize)
            {
                return fills;
            }

            from = long.Parse(page.Value[^1].TradeId.Value, CultureInfo.InvariantCulture) + 1;
        }
    }

    public async Task<ReadResult<IReadOnlyList<Balance>>> BalancesAsync(CancellationToken cancellationToken)
    {
        var query = new FormWriter().Add("omitZeroBalances"u8, "true"u8);
        var reply = await rest.SignedReadAsync("/api/v3/account", signer, query, RequestLane.Read, Costs.Account, cancellationToken).ConfigureAwait(false);
        return rest.Read(reply, "the balances", r => Balances.Of(JsonSerializer.Deserialize(r.Body.Span, BinanceJson.Default.AccountJson)?.Balances));
    }

    private async Task<ReadResult<IReadOnlyList<FillReport>>> FillPageAsync(OrderReference order, VenueOrderId id, long? from, CancellationToken cancellationToken)
    {
        var query = new FormWriter().Add("symbol"u8, order.Instrument.VenueSymbol).Add("orderId"u8, id.Value);
        if (from is { } first)
        {
            query.Add("fromId"u8, first);
        }

        query.Add("limit"u8, PageSize);
        var reply = await rest.SignedReadAsync("/api/v3/myTrades", signer, query, RequestLane.LookUp, Costs.TradesOfOrder, cancellationToken).ConfigureAwait(false);
        return rest.Read(reply, $"the fills of order {order.ClientOrderId}", r => All(JsonSerializer.Deserialize(r.Body.Span, BinanceJson.Default.ListMyTradeJson), Row));

        FillReport? Row(MyTradeJson json) => OrderReports.Of(json, order.Instrument.Symbol, order.ClientOrderId) is { } fill && fill.VenueOrderId == id ? fill : null;
    }

    private OrderReport? ToReport(OrderJson json) =>
        json.Symbol is { } name && catalogue.Current.TryGet(name, out var instrument) ? OrderReports.Of(json, instrument.Symbol) : null;

    /// <summary>The report, provided that it is about the order that was asked for.</summary>
    private static OrderReport? Mine(OrderJson? json, OrderReference order) =>
        json is not null
        && string.Equals(json.Symbol, order.Instrument.VenueSymbol, StringComparison.OrdinalIgnoreCase)
        && OrderReports.Of(json, order.Instrument.Symbol) is { } report
        && report.ClientOrderId == order.ClientOrderId
            ? report
            : null;

    private static IReadOnlyList<TReport>? All<TJson, TReport>(List<TJson>? rows, Func<TJson, TReport?> convert)
        where TReport : class
    {
        var reports = new List<TReport>(rows?.Count ?? 0);
        foreach (var row in rows ?? [])
        {
            if (convert(row) is not { } report)
            {
                return null;
            }

            reports.Add(report);
        }

        return rows is null ? null : reports;
    }
}
