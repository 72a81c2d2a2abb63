using LiteDB;
using Workbench.Sdk;

namespace Workbench.Storage;

/// <summary>An order as a flat document. Amounts stay decimals and times stay nanoseconds: both come back as they went in.</summary>
internal static class OrderDocument
{
    public static BsonDocument From(Order order)
    {
        var request = order.Request;
        return new BsonDocument
        {
            ["_id"] = order.Id.Value,
            ["at"] = order.CreatedAt.UnixNanoseconds,
            ["updated"] = order.UpdatedAt.UnixNanoseconds,
            ["version"] = order.Version,
            ["symbol"] = request.Symbol.ToString(),
            ["side"] = request.Side.ToString(),
            ["type"] = request.Type.ToString(),
            ["asked"] = request.Quantity.Value,
            ["limit"] = Fields.Of(request.LimitPrice?.Value),
            ["timeInForce"] = request.TimeInForce.ToString(),
            ["postOnly"] = request.PostOnly,
            ["stop"] = Fields.Of(request.StopPrice?.Value),
            ["expires"] = request.ExpiresAt is { } end ? end.UnixNanoseconds : BsonValue.Null,
            ["reduceOnly"] = request.ReduceOnly,
            ["wishedConnection"] = Fields.Of(request.Connection?.Value),
            ["tag"] = Fields.Of(request.Tag),
            ["connection"] = Fields.Of(order.Connection?.Value),
            ["backup"] = order.IsBackup,
            ["simulated"] = order.IsSimulated,
            ["venueId"] = Fields.Of(order.VenueOrderId?.Value),
            ["knowledge"] = order.Knowledge.ToString(),
            ["status"] = Fields.Of(order.Status?.ToString()),
            ["cancelRequested"] = order.CancelRequested,
            ["quantity"] = order.Quantity.Value,
            ["filled"] = order.FilledQuantity.Value,
            ["averagePrice"] = Fields.Of(order.AverageFillPrice?.Value),
            ["reason"] = Fields.Of(order.Reason),
            ["done"] = order.IsDone,
        };
    }

    public static Order ToOrder(BsonDocument document) => new()
    {
        Id = new ClientOrderId(document["_id"].AsString),
        Request = ToRequest(document),
        Connection = Fields.Connection(document["connection"]),
        IsBackup = document["backup"].AsBoolean,
        IsSimulated = document["simulated"].AsBoolean,
        VenueOrderId = Fields.Text(document["venueId"]) is { } id ? new VenueOrderId(id) : null,
        Knowledge = Fields.Enum<OrderKnowledge>(document["knowledge"]),
        Status = document["status"].IsNull ? null : Fields.Enum<OrderStatus>(document["status"]),
        CancelRequested = document["cancelRequested"].AsBoolean,
        Quantity = new Quantity(document["quantity"].AsDecimal),
        FilledQuantity = new Quantity(document["filled"].AsDecimal),
        AverageFillPrice = Fields.Price(document["averagePrice"]),
        Reason = Fields.Text(document["reason"]),
        CreatedAt = new Timestamp(document["at"].AsInt64),
        UpdatedAt = new Timestamp(document["updated"].AsInt64),
        Version = document["version"].AsInt32,
        IsDone = document["done"].AsBoolean,
    };

    private static OrderRequest ToRequest(BsonDocument document) => new()
    {
        Symbol = Symbol.Parse(document["symbol"].AsString),
        Side = Fields.Enum<Side>(document["side"]),
        Type = Fields.Enum<OrderType>(document["type"]),
        Quantity = new Quantity(document["asked"].AsDecimal),
        LimitPrice = Fields.Price(document["limit"]),
        TimeInForce = Fields.Enum<TimeInForce>(document["timeInForce"]),
        PostOnly = document["postOnly"].AsBoolean,
        StopPrice = Fields.Price(document["stop"]),
        ExpiresAt = document["expires"].IsNull ? null : new Timestamp(document["expires"].AsInt64),
        ReduceOnly = document["reduceOnly"].IsBoolean && document["reduceOnly"].AsBoolean,
        Connection = Fields.Connection(document["wishedConnection"]),
        Tag = Fields.Text(document["tag"]),
    };
}
