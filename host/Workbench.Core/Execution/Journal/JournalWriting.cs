using System.Text.Json;
using Workbench.Sdk;

namespace Workbench.Core.Execution.Journal;

/// <summary>How the values inside events are written. Enums by name, so that a renumbered enum cannot change the past; what is null is left out.</summary>
internal static class JournalWriting
{
    public static void WriteRequest(this Utf8JsonWriter json, string name, OrderRequest request)
    {
        json.WriteStartObject(name);
        json.WriteString("symbol", request.Symbol.ToString());
        json.WriteString("side", Name(request.Side));
        json.WriteString("type", Name(request.Type));
        json.WriteNumber("quantity", request.Quantity.Value);
        json.WriteOptional("limit", request.LimitPrice?.Value);
        json.WriteString("tif", Name(request.TimeInForce));
        json.WriteBoolean("post_only", request.PostOnly);
        json.WriteTerms(request.StopPrice, request.ExpiresAt, request.ReduceOnly);
        json.WriteOptional("connection", request.Connection?.Value);
        json.WriteOptional("tag", request.Tag);
        json.WriteEndObject();
    }

    public static void WriteNewOrder(this Utf8JsonWriter json, string name, NewOrder order)
    {
        json.WriteStartObject(name);
        json.WriteString("client_id", order.ClientOrderId.Value);
        json.WriteInstrument("instrument", order.Instrument);
        json.WriteString("side", Name(order.Side));
        json.WriteString("type", Name(order.Type));
        json.WriteNumber("quantity", order.Quantity.Value);
        json.WriteOptional("limit", order.LimitPrice?.Value);
        json.WriteString("tif", Name(order.TimeInForce));
        json.WriteBoolean("post_only", order.PostOnly);
        json.WriteTerms(order.StopPrice, order.ExpiresAt, order.ReduceOnly);
        json.WriteEndObject();
    }

    public static void WriteReport(this Utf8JsonWriter json, string name, OrderReport report)
    {
        json.WriteStartObject(name);
        json.WriteString("symbol", report.Symbol.ToString());
        json.WriteOptional("client_id", report.ClientOrderId?.Value);
        json.WriteString("venue_id", report.VenueOrderId.Value);
        json.WriteString("status", Name(report.Status));
        json.WriteOptional("side", report.Side is { } side ? Name(side) : null);
        json.WriteOptional("type", report.Type is { } type ? Name(type) : null);
        json.WriteOptional("quantity", report.Quantity?.Value);
        json.WriteOptional("limit", report.LimitPrice?.Value);
        json.WriteOptional("stop", report.StopPrice?.Value);
        if (report.IsTriggered is { } isTriggered)
        {
            json.WriteBoolean("triggered", isTriggered);
        }

        json.WriteOptional("filled", report.FilledQuantity?.Value);
        json.WriteOptional("average", report.AverageFillPrice?.Value);
        json.WriteOptional("reason", report.Reason);
        json.WriteNumber("venue_time", report.VenueTime.UnixNanoseconds);
        json.WriteEndObject();
    }

    public static void WriteFill(this Utf8JsonWriter json, FillReport fill)
    {
        json.WriteStartObject();
        json.WriteString("symbol", fill.Symbol.ToString());
        json.WriteString("trade", fill.TradeId.Value);
        json.WriteString("venue_id", fill.VenueOrderId.Value);
        json.WriteOptional("client_id", fill.ClientOrderId?.Value);
        json.WriteString("side", Name(fill.Side));
        json.WriteNumber("price", fill.Price.Value);
        json.WriteNumber("quantity", fill.Quantity.Value);
        json.WriteNumber("fee", fill.Fee.Value);
        json.WriteOptional("fee_asset", fill.FeeAsset?.Code);
        json.WriteString("role", Name(fill.Role));
        json.WriteOptional("reverses", fill.Reverses?.Value);
        json.WriteNumber("venue_time", fill.VenueTime.UnixNanoseconds);
        json.WriteEndObject();
    }

    public static void WriteOutcome(this Utf8JsonWriter json, string name, OrderOutcome outcome)
    {
        json.WriteStartObject(name);
        switch (outcome)
        {
            case OrderOutcome.NotSent notSent:
                json.WriteError("not_sent", notSent.Proof);
                break;
            case OrderOutcome.Rejected rejected:
                json.WriteError("rejected", rejected.Error);
                break;
            case OrderOutcome.Unknown unknown:
                json.WriteError("unknown", unknown.Reason);
                break;
            case OrderOutcome.Accepted accepted:
                json.WriteReport("accepted", accepted.Report);
                json.WriteStartArray("fills");
                foreach (var fill in accepted.Fills)
                {
                    json.WriteFill(fill);
                }

                json.WriteEndArray();
                break;
            case OrderOutcome.Replaced replaced:
                json.WriteStartObject("replaced");
                json.WriteOutcome("cancel", replaced.Cancel);
                json.WriteOutcome("placement", replaced.Placement);
                json.WriteEndObject();
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a number unless it is what an absent one means.</summary>
    public static void WriteUnless(this Utf8JsonWriter json, string name, int value, int absent)
    {
        if (value != absent)
        {
            json.WriteNumber(name, value);
        }
    }

    public static void WriteRead(this Utf8JsonWriter json, string name, ReadResult<OrderReport?> read)
    {
        json.WriteStartObject(name);
        if (read.Error is { } error)
        {
            json.WriteError("failed", error);
        }
        else if (read.Value is { } report)
        {
            json.WriteReport("found", report);
        }

        json.WriteEndObject();
    }

    // What only some orders have is left out of the others: they read as they were written before there was such a thing.
    private static void WriteTerms(this Utf8JsonWriter json, Price? stop, Timestamp? expiresAt, bool isReduceOnly)
    {
        json.WriteOptional("stop", stop?.Value);
        if (expiresAt is { } end)
        {
            json.WriteNumber("expires", end.UnixNanoseconds);
        }

        if (isReduceOnly)
        {
            json.WriteBoolean("reduce_only", true);
        }
    }

    private static void WriteInstrument(this Utf8JsonWriter json, string name, Instrument instrument)
    {
        json.WriteStartObject(name);
        json.WriteString("symbol", instrument.Symbol.ToString());
        json.WriteString("venue_symbol", instrument.VenueSymbol);
        json.WriteString("kind", Name(instrument.Kind));
        json.WriteNumber("unit", instrument.UnitSize);
        json.WriteString("status", Name(instrument.Status));
        json.WriteNumber("tick", instrument.TickSize);
        json.WriteNumber("step", instrument.StepSize);
        json.WriteNumber("market_step", instrument.MarketStepSize);
        json.WriteNumber("min_quantity", instrument.MinQuantity);
        json.WriteNumber("max_quantity", instrument.MaxQuantity);
        json.WriteNumber("max_market_quantity", instrument.MaxMarketQuantity);
        json.WriteNumber("min_notional", instrument.MinNotional);
        json.WriteNumber("max_notional", instrument.MaxNotional);
        json.WriteEndObject();
    }

    private static void WriteError(this Utf8JsonWriter json, string name, VenueError error)
    {
        json.WriteStartObject(name);
        json.WriteString("kind", Name(error.Kind));
        json.WriteString("message", error.Message);
        json.WriteOptional("code", error.Code);
        if (error.RetryAfter is { } after)
        {
            json.WriteNumber("retry_after_ticks", after.Ticks);
        }

        json.WriteEndObject();
    }

    private static void WriteOptional(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteOptional(this Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static string Name<T>(T value)
        where T : struct, Enum => Enum.GetName(value) ?? throw new ArgumentOutOfRangeException(nameof(value), value, "The value has no name.");
}
