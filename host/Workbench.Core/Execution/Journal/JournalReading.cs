using System.Text.Json;
using Workbench.Sdk;

namespace Workbench.Core.Execution.Journal;

/// <summary>How the values inside events are read; the mirror of <see cref="JournalWriting"/>.</summary>
internal static class JournalReading
{
    public static Timestamp Time(this JsonElement json, string name) => new(json.GetProperty(name).GetInt64());

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    public static bool Flag(this JsonElement json, string name) => json.GetProperty(name).GetBoolean();

    public static int Count(this JsonElement json, string name, int absent) => json.TryGetProperty(name, out var value) ? value.GetInt32() : absent;

    public static ClientOrderId ClientId(this JsonElement json, string name) => new(json.Text(name));

    public static ConnectionId Connection(this JsonElement json, string name) => new(json.Text(name));

    public static OrderRequest Request(this JsonElement json) => new()
    {
        Symbol = json.Symbol(),
        Side = json.Named<Side>("side"),
        Type = json.Named<OrderType>("type"),
        Quantity = new Quantity(json.Number("quantity")),
        LimitPrice = json.OptionalPrice("limit"),
        TimeInForce = json.Named<TimeInForce>("tif"),
        PostOnly = json.Flag("post_only"),
        StopPrice = json.OptionalPrice("stop"),
        ExpiresAt = json.OptionalTime("expires"),
        ReduceOnly = json.OptionalFlag("reduce_only") ?? false,
        Connection = json.OptionalText("connection") is { } connection ? new ConnectionId(connection) : null,
        Tag = json.OptionalText("tag"),
    };

    public static NewOrder NewOrder(this JsonElement json) => new()
    {
        ClientOrderId = json.ClientId("client_id"),
        Instrument = json.GetProperty("instrument").Instrument(),
        Side = json.Named<Side>("side"),
        Type = json.Named<OrderType>("type"),
        Quantity = new Quantity(json.Number("quantity")),
        LimitPrice = json.OptionalPrice("limit"),
        TimeInForce = json.Named<TimeInForce>("tif"),
        PostOnly = json.Flag("post_only"),
        StopPrice = json.OptionalPrice("stop"),
        ExpiresAt = json.OptionalTime("expires"),
        ReduceOnly = json.OptionalFlag("reduce_only") ?? false,
    };

    public static OrderReport Report(this JsonElement json) => new()
    {
        Symbol = json.Symbol(),
        ClientOrderId = json.OptionalClientId(),
        VenueOrderId = new VenueOrderId(json.Text("venue_id")),
        Status = json.Named<OrderStatus>("status"),
        Side = json.OptionalText("side") is null ? null : json.Named<Side>("side"),
        Type = json.OptionalText("type") is null ? null : json.Named<OrderType>("type"),
        Quantity = json.OptionalQuantity("quantity"),
        LimitPrice = json.OptionalPrice("limit"),
        StopPrice = json.OptionalPrice("stop"),
        IsTriggered = json.OptionalFlag("triggered"),
        FilledQuantity = json.OptionalQuantity("filled"),
        AverageFillPrice = json.OptionalPrice("average"),
        Reason = json.OptionalText("reason"),
        VenueTime = json.Time("venue_time"),
    };

    public static FillReport Fill(this JsonElement json) => new()
    {
        Symbol = json.Symbol(),
        TradeId = new TradeId(json.Text("trade")),
        VenueOrderId = new VenueOrderId(json.Text("venue_id")),
        ClientOrderId = json.OptionalClientId(),
        Side = json.Named<Side>("side"),
        Price = new Price(json.Number("price")),
        Quantity = new Quantity(json.Number("quantity")),
        Fee = new Amount(json.Number("fee")),
        FeeAsset = json.OptionalText("fee_asset") is { } asset ? new Asset(asset) : null,
        Role = json.Named<LiquidityRole>("role"),
        Reverses = json.OptionalText("reverses") is { } reversed ? new TradeId(reversed) : null,
        VenueTime = json.Time("venue_time"),
    };

    public static OrderOutcome Outcome(this JsonElement json)
    {
        foreach (var property in json.EnumerateObject())
        {
            switch (property.Name)
            {
                case "not_sent": return new OrderOutcome.NotSent(property.Value.Error());
                case "rejected": return new OrderOutcome.Rejected(property.Value.Error());
                case "unknown": return new OrderOutcome.Unknown(property.Value.Error());
                case "replaced": return new OrderOutcome.Replaced(property.Value.GetProperty("cancel").Outcome(), property.Value.GetProperty("placement").Outcome());
                case "accepted": return new OrderOutcome.Accepted(property.Value.Report(), [.. json.GetProperty("fills").EnumerateArray().Select(Fill)]);
            }
        }

        throw new FormatException("an outcome without a case");
    }

    public static ReadResult<OrderReport?> Read(this JsonElement json) =>
        json.TryGetProperty("failed", out var failed) ? failed.Error()
        : json.TryGetProperty("found", out var found) ? found.Report()
        : ReadResult<OrderReport?>.Ok(null);

    private static Instrument Instrument(this JsonElement json) => new()
    {
        Symbol = json.Symbol(),
        VenueSymbol = json.Text("venue_symbol"),
        Kind = json.TryGetProperty("kind", out _) ? json.Named<InstrumentKind>("kind") : default, // Absent in journals of before contracts.
        UnitSize = json.TryGetProperty("unit", out var unit) ? unit.GetDecimal() : 1,
        Status = json.Named<InstrumentStatus>("status"),
        TickSize = json.Number("tick"),
        StepSize = json.Number("step"),
        MarketStepSize = json.Number("market_step"),
        MinQuantity = json.Number("min_quantity"),
        MaxQuantity = json.Number("max_quantity"),
        MaxMarketQuantity = json.Number("max_market_quantity"),
        MinNotional = json.Number("min_notional"),
        MaxNotional = json.Number("max_notional"),
    };

    private static VenueError Error(this JsonElement json) => new(
        json.Named<VenueErrorKind>("kind"),
        json.Text("message"),
        json.OptionalText("code"),
        json.TryGetProperty("retry_after_ticks", out var ticks) ? TimeSpan.FromTicks(ticks.GetInt64()) : null);

    private static Symbol Symbol(this JsonElement json) => Sdk.Symbol.Parse(json.Text("symbol"));

    private static decimal Number(this JsonElement json, string name) => json.GetProperty(name).GetDecimal();

    private static string? OptionalText(this JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool? OptionalFlag(this JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetBoolean() : null;

    private static Timestamp? OptionalTime(this JsonElement json, string name) => json.TryGetProperty(name, out _) ? json.Time(name) : null;

    private static Price? OptionalPrice(this JsonElement json, string name) => json.TryGetProperty(name, out var value) ? new Price(value.GetDecimal()) : null;

    private static Quantity? OptionalQuantity(this JsonElement json, string name) => json.TryGetProperty(name, out var value) ? new Quantity(value.GetDecimal()) : null;

    private static ClientOrderId? OptionalClientId(this JsonElement json) => json.OptionalText("client_id") is { } id ? new ClientOrderId(id) : null;

    public static T Named<T>(this JsonElement json, string name)
        where T : struct, Enum => Enum.TryParse<T>(json.Text(name), ignoreCase: false, out var value) ? value : throw new FormatException($"{name} is '{json.Text(name)}'");
}
