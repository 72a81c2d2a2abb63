using LiteDB;
using Workbench.Sdk;

namespace Workbench.Storage;

/// <summary>A fill as a flat document; its key is what makes an execution unique, so writing it twice changes nothing.</summary>
internal static class FillDocument
{
    public static BsonDocument From(Fill fill)
    {
        var report = fill.Report;
        return new BsonDocument
        {
            ["_id"] = $"{fill.Connection}|{report.Symbol}|{report.TradeId}",
            ["at"] = report.VenueTime.UnixNanoseconds,
            ["orderId"] = Fields.Of(fill.OrderId?.Value),
            ["connection"] = fill.Connection.Value,
            ["backup"] = fill.IsBackup,
            ["simulated"] = fill.IsSimulated,
            ["symbol"] = report.Symbol.ToString(),
            ["tradeId"] = report.TradeId.Value,
            ["venueOrderId"] = report.VenueOrderId.Value,
            ["reportedOrderId"] = Fields.Of(report.ClientOrderId?.Value),
            ["side"] = report.Side.ToString(),
            ["price"] = report.Price.Value,
            ["quantity"] = report.Quantity.Value,
            ["fee"] = report.Fee.Value,
            ["feeAsset"] = Fields.Of(report.FeeAsset?.ToString()),
            ["role"] = report.Role.ToString(),
        };
    }

    public static Fill ToFill(BsonDocument document) => new()
    {
        OrderId = ClientId(document["orderId"]),
        Connection = new ConnectionId(document["connection"].AsString),
        IsBackup = document["backup"].AsBoolean,
        IsSimulated = document["simulated"].AsBoolean,
        Report = new FillReport
        {
            Symbol = Symbol.Parse(document["symbol"].AsString),
            TradeId = new TradeId(document["tradeId"].AsString),
            VenueOrderId = new VenueOrderId(document["venueOrderId"].AsString),
            ClientOrderId = ClientId(document["reportedOrderId"]),
            Side = Fields.Enum<Side>(document["side"]),
            Price = new Price(document["price"].AsDecimal),
            Quantity = new Quantity(document["quantity"].AsDecimal),
            Fee = new Amount(document["fee"].AsDecimal),
            FeeAsset = Fields.Text(document["feeAsset"]) is { } asset ? new Asset(asset) : null,
            Role = Fields.Enum<LiquidityRole>(document["role"]),
            VenueTime = new Timestamp(document["at"].AsInt64),
        },
    };

    private static ClientOrderId? ClientId(BsonValue value) => Fields.Text(value) is { } id ? new ClientOrderId(id) : null;
}
