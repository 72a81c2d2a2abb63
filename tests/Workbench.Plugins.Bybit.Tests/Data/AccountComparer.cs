using System.Text.Json;
using Workbench.Plugins.Bybit.Instruments;
using Workbench.Plugins.Bybit.UserData;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Data;

/// <summary>Compares decoded account rows, and the reports made of them, with a second reading.</summary>
internal static class AccountComparer
{
    private static readonly Timestamp Otherwise = Timestamp.FromUnixMilliseconds(1);

    public static void CheckOrder(OrderRow row, string? problem, JsonElement expected)
    {
        problem.ShouldBeNull();
        (row.Category, row.Symbol, row.OrderId, row.OrderLinkId, row.Status).ShouldBe(
            (expected.TextOf("category"), expected.TextOf("symbol"), expected.TextOf("orderId"), expected.TextOf("orderLinkId"), expected.TextOf("orderStatus")));
        (row.OrderType, row.MarketUnit, row.RejectReason, row.CancelType, row.Side?.ToString().ToUpperInvariant()).ShouldBe(
            (expected.TextOf("orderType"), expected.TextOf("marketUnit"), expected.TextOf("rejectReason"), expected.TextOf("cancelType"), expected.TextOf("side")?.ToUpperInvariant()));
        (row.Price, row.Quantity, row.AveragePrice, row.FilledQuantity).ShouldBe(
            (expected.NumberOf("price"), expected.NumberOf("qty"), expected.NumberOf("avgPrice"), expected.NumberOf("cumExecQty")));
        (row.CreatedAt?.UnixMilliseconds, row.UpdatedAt?.UnixMilliseconds).ShouldBe((expected.MillisecondsOf("createdTime"), expected.MillisecondsOf("updatedTime")));
        CheckReport(row, expected);
    }

    public static void CheckExecution(ExecutionRow row, string? problem, JsonElement expected)
    {
        problem.ShouldBeNull();
        (row.Category, row.Symbol, row.ExecutionId, row.OrderId, row.OrderLinkId, row.Type, row.FeeCurrency).ShouldBe(
            (expected.TextOf("category"), expected.TextOf("symbol"), expected.TextOf("execId"), expected.TextOf("orderId"), expected.TextOf("orderLinkId"), expected.TextOf("execType"), expected.TextOf("feeCurrency")));
        (row.Side?.ToString(), row.Price, row.Quantity, row.Fee, row.OrderQuantity).ShouldBe(
            (expected.TextOf("side"), expected.NumberOf("execPrice"), expected.NumberOf("execQty"), expected.NumberOf("execFee"), expected.NumberOf("orderQty")));
        (row.IsMaker, row.Time?.UnixMilliseconds).ShouldBe((expected.GetProperty("isMaker").GetBoolean(), expected.MillisecondsOf("execTime")));
        CheckFill(row, expected);
    }

    public static void CheckWallet(List<Balance> balances, IEnumerable<JsonElement> accounts) =>
        balances.ShouldBe(accounts.SelectMany(a => a.RowsOf("coin")).Select(c => new Balance(
            new Asset(c.TextOf("coin")!),
            new Amount(c.NumberOf("walletBalance")!.Value - (c.NumberOf("locked") ?? 0)),
            new Amount(c.NumberOf("locked") ?? 0))));

    public static void CheckInstrument(InstrumentRow row, string? problem, JsonElement expected)
    {
        problem.ShouldBeNull();
        var (lot, price) = (expected.GetProperty("lotSizeFilter"), expected.GetProperty("priceFilter"));
        (row.Symbol, row.BaseCoin, row.QuoteCoin, row.Status, row.TickSize).ShouldBe(
            (expected.TextOf("symbol"), expected.TextOf("baseCoin"), expected.TextOf("quoteCoin"), expected.TextOf("status"), price.NumberOf("tickSize")));
        (row.BasePrecision, row.QuantityStep, row.MinQuantity, row.MaxQuantity, row.MaxLimitQuantity).ShouldBe(
            (lot.NumberOf("basePrecision"), lot.NumberOf("qtyStep"), lot.NumberOf("minOrderQty"), lot.NumberOf("maxOrderQty"), lot.NumberOf("maxLimitOrderQty")));
        row.MaxMarketQuantity.ShouldBe(lot.NumberOf("maxMarketOrderQty") ?? lot.NumberOf("maxMktOrderQty"));
        row.MinValue.ShouldBe(lot.NumberOf("minOrderAmt") ?? lot.NumberOf("minNotionalValue"));
        var instrument = row.ToInstrument().ShouldNotBeNull();
        (instrument.VenueSymbol, instrument.TickSize, instrument.StepSize).ShouldBe((row.Symbol!, row.TickSize!.Value, (row.BasePrecision ?? row.QuantityStep)!.Value));
        (instrument.Status == InstrumentStatus.Trading).ShouldBe(row.Status == "Trading");
    }

    private static void CheckReport(OrderRow row, JsonElement expected)
    {
        var report = OrderReports.From(row, null, MapOf(row.Symbol!), Otherwise);
        report.IsOk.ShouldBe(row.OrderId is not null);
        if (report.IsOk)
        {
            (report.Value.VenueOrderId.Value, report.Value.ClientOrderId?.Value, report.Value.FilledQuantity?.Value).ShouldBe((row.OrderId!, row.OrderLinkId, row.FilledQuantity));
            report.Value.VenueTime.UnixMilliseconds.ShouldBe(expected.MillisecondsOf("updatedTime") ?? expected.MillisecondsOf("createdTime") ?? 1);
        }
    }

    private static void CheckFill(ExecutionRow row, JsonElement expected)
    {
        var fill = FillReports.From(row, null, MapOf(row.Symbol!), Otherwise);
        fill.IsOk.ShouldBe(row.OrderId is not null);
        if (fill.IsOk)
        {
            (fill.Value.TradeId.Value, fill.Value.Price.Value, fill.Value.Quantity.Value, fill.Value.Fee.Value).ShouldBe(
                (row.ExecutionId!, expected.NumberOf("execPrice")!.Value, expected.NumberOf("execQty")!.Value, expected.NumberOf("execFee") ?? 0));
        }
    }

    private static InstrumentMap MapOf(string venueSymbol) => new(
    [
        new Instrument { Symbol = Symbol.Parse($"{venueSymbol}/TEST"), VenueSymbol = venueSymbol, TickSize = 1, StepSize = 1 },
    ]);
}
