using System.Globalization;
using System.Text;
using Workbench.Sdk;

namespace Workbench.Core.Execution.Journal;

/// <summary>Says what an event says, in words for a person, on one line and without its time.</summary>
public static class EventText
{
    /// <summary>The event in words.</summary>
    public static string Of(ExecutionEvent e) => e switch
    {
        EpochStarted x => string.Create(CultureInfo.InvariantCulture, $"the host started (epoch {x.Epoch})"),
        IntentCreated x => $"{Or(x.Origin, "somebody")} asked for: {Of(x.Request)}",
        IntentDenied x => $"denied by {x.Code}: {x.Reason}; nothing was sent",
        AttemptPrepared x => $"about to send to {x.Connection}{(x.IsBackup ? ", the backup of its route" : "")}{(x.IsSimulated ? " (simulated)" : "")}, as {x.Order.ClientOrderId}: {Of(x.Order)}",
        AttemptAnswered x => Of(x.Outcome, "the order"),
        OrderReported x => $"{x.Connection} reports: {Of(x.Report)}",
        FillReported x => $"{x.Connection} reports: {Of(x.Fill)}",
        CancelRequested x => $"{Or(x.Origin, "somebody")} asked to cancel it",
        CancelAnswered x => Of(x.Outcome, "the cancel"),
        OrderLookedUp x => LookedUp(x),
        DeadProven x => $"proven not to exist: {x.Evidence}",
        KillEngaged x => $"kill switch engaged ({x.Level}) by {x.By}: {x.Reason}",
        KillCleared x => $"kill switch cleared by {x.By}",
        LimitChanged x => $"limits changed: {Or(x.Before, "none")} -> {x.After}",
        _ => e.ToString(),
    };

    /// <summary>The id that an event uses for its order, or null.</summary>
    public static ClientOrderId? IdOf(ExecutionEvent e) => e switch
    {
        IntentCreated x => x.Id,
        IntentDenied x => x.Id,
        AttemptPrepared x => x.Id,
        AttemptAnswered x => x.Id,
        CancelRequested x => x.Id,
        CancelAnswered x => x.Id,
        OrderLookedUp x => x.Id,
        DeadProven x => x.Id,
        OrderReported x => x.Report.ClientOrderId,
        FillReported x => x.Fill.ClientOrderId,
        _ => null,
    };

    /// <summary>The record as one JSON object, with its number and type.</summary>
    public static string Json(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var (type, version, payload) = new EventCodec().Write(entry.Event);
        return string.Create(CultureInfo.InvariantCulture, $"{{\"sequence\":{entry.Sequence},\"segment\":{entry.Segment},\"offset\":{entry.Offset},\"type\":\"{(RecordType)type}\",\"version\":{version},\"data\":{Encoding.UTF8.GetString(payload)}}}");
    }

    internal static string Of(OrderRequest request)
    {
        var text = Terms(request.Side, request.Quantity, request.Symbol, request.Type, request.LimitPrice, request.StopPrice, request.TimeInForce, request.ExpiresAt, request.PostOnly, request.ReduceOnly);
        return text + (request.Connection is { } connection ? $", only at {connection}" : "") + (request.Tag is { } tag ? $", tag '{tag}'" : "");
    }

    private static string Of(NewOrder order) =>
        Terms(order.Side, order.Quantity, order.Instrument.Symbol, order.Type, order.LimitPrice, order.StopPrice, order.TimeInForce, order.ExpiresAt, order.PostOnly, order.ReduceOnly);

    private static string Of(OrderReport report) =>
        $"order {report.VenueOrderId} is {report.Status}"
        + (report.FilledQuantity is { } filled ? $", {filled}{(report.Quantity is { } whole ? $" of {whole}" : "")} filled" : "")
        + (report.AverageFillPrice is { } price ? $" at {price} on average" : "")
        + (report.Reason is { } reason ? $" ({reason})" : "");

    private static string Of(FillReport fill) =>
        (fill.Reverses is { } taken ? $"trade {taken} taken back: " : "")
        + $"{(fill.Side == Side.Buy ? "bought" : "sold")} {fill.Quantity} at {fill.Price}, trade {fill.TradeId}, {(fill.Role == LiquidityRole.Maker ? "maker" : "taker")}, fee {fill.Fee}{(fill.FeeAsset is { } asset ? $" {asset}" : "")}";

    private static string Of(OrderOutcome outcome, string what) => outcome switch
    {
        OrderOutcome.NotSent x => $"{what} was not sent: {x.Proof}",
        OrderOutcome.Rejected x => $"the venue refused {what}: {x.Error}",
        OrderOutcome.Unknown x => $"no word whether {what} arrived: {x.Reason}. It may be at the venue",
        OrderOutcome.Accepted x => $"the venue took {what}: {Of(x.Report)}" + string.Concat(x.Fills.Select(f => "; " + Of(f))),
        OrderOutcome.Replaced x => $"{Of(x.Cancel, "the cancel of the old one")}; {Of(x.Placement, "the new one")}",
        _ => outcome.ToString(),
    };

    private static string LookedUp(OrderLookedUp e) =>
        !e.Answer.IsOk ? $"look-up failed, which proves nothing: {e.Answer.Error}"
        : e.Answer.Value is { } report ? $"looked up: {Of(report)}"
        : $"looked up (asked {e.AskedAt}): the venue does not know it";

    private static string Terms(Side side, Quantity quantity, Symbol symbol, OrderType type, Price? limit, Price? stop, TimeInForce force, Timestamp? expires, bool postOnly, bool reduceOnly) =>
        $"{(side == Side.Buy ? "buy" : "sell")} {quantity} {symbol}, "
        + type switch { OrderType.Market => "market", OrderType.Limit => $"limit {limit}", OrderType.Stop => $"stop {stop}", _ => $"stop {stop} limit {limit}" }
        + (type == OrderType.Market ? "" : force switch
        {
            TimeInForce.ImmediateOrCancel => ", immediate or cancel",
            TimeInForce.FillOrKill => ", fill or kill",
            TimeInForce.GoodTillDate => $", until {expires}",
            _ => ", until cancelled",
        })
        + (postOnly ? ", post-only" : "") + (reduceOnly ? ", reduce-only" : "");

    private static string Or(string text, string otherwise) => text.Length == 0 ? otherwise : text;
}
