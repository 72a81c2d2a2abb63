using Workbench.Sdk;
using Workbench.Tui.Painting;

namespace Workbench.Tui.Panels;

/// <summary>How an order's state is shown.</summary>
internal readonly record struct OrderLook(string Glyph, string Word, Ink Ink, bool IsTrouble = false)
{
    public static OrderLook Of(Order order, Palette palette) => order switch
    {
        { Knowledge: OrderKnowledge.Unknown } => new("?", "UNKNOWN", palette.Alarm, true),
        { Knowledge: OrderKnowledge.NotSent, IsDone: true } => new("×", "not sent", palette.Bad, true),
        { Knowledge: OrderKnowledge.NotSent } => new("◌", "queued", palette.Dim),
        { IsDone: false, CancelRequested: true } => new("◌", "cancelling", palette.Warn),
        { Knowledge: OrderKnowledge.InFlight } => new("◌", "sending", palette.Warn),
        { Status: OrderStatus.Pending } => new("◌", "pending", palette.Warn),
        { Status: OrderStatus.New } => new("●", "open", palette.Accent),
        { Status: OrderStatus.PartiallyFilled } => new("◐", "partial", palette.Accent),
        { Status: OrderStatus.Filled } => new("✓", "filled", palette.Good),
        { Status: OrderStatus.Cancelled } => new("○", "cancelled", palette.Dim),
        { Status: OrderStatus.Rejected } => new("×", "rejected", palette.Bad, true),
        { Status: OrderStatus.Expired } => new("○", "expired", palette.Dim),
        _ => new("?", "?", palette.Bad, true),
    };
}
