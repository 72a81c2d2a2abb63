using Workbench.Sdk;
using Workbench.Tui.Painting;
using Workbench.Tui.Screen;
using Workbench.Tui.Tables;
using Workbench.Tui.Text;

namespace Workbench.Tui.Panels;

/// <summary>Our orders, newest first.</summary>
internal sealed class OrdersPanel(Palette palette) : TablePanel(3, "Orders", palette, Columns)
{
    private static readonly Column[] Columns =
    [
        new("time", 2),
        new("id", 6) { Maximum = 20 },
        new("side"),
        new("symbol"),
        new("qty") { IsNumber = true },
        new("filled", 2) { IsNumber = true },
        new("price", 1) { IsNumber = true },
        new("status"),
        new("venue", 3) { Maximum = 20 },
        new("reason", 4) { Stretches = true, Minimum = 14 },
    ];

    protected override string WhenEmpty => "No orders yet.";

    protected override int MinimumRows => 2;

    protected override bool GrowsAtTop => true;

    protected override int RowCount(Picture picture) => picture.Engine.Orders.Count;

    protected override bool Differs(Picture before, Picture after) => !Picture.Same(before.Engine.Orders, after.Engine.Orders);

    protected override string Summary(Picture picture) => Show.Invariant($"{picture.OpenOrders} open");

    protected override void Describe(Picture picture, int row, Span<CellText> cells)
    {
        var orders = picture.Engine.Orders;
        var order = orders[orders.Count - 1 - row];
        var look = OrderLook.Of(order, Palette);
        var ink = order.IsDone ? Palette.Dim : Palette.Text;
        var quantity = order.Quantity.IsZero ? order.Request.Quantity : order.Quantity;
        cells[0] = new(Show.Time(order.CreatedAt), Palette.Dim);
        cells[1] = new(SafeText.Of(order.Id.ToString(), 40), Palette.Dim);
        cells[2] = order.Request.Side == Side.Buy ? new("BUY", Palette.Good) : new("SELL", Palette.Bad);
        cells[3] = new(SafeText.Of(order.Request.Symbol.ToString(), 24), Palette.Strong);
        cells[4] = new(quantity.ToString(), ink);
        cells[5] = new(order.FilledQuantity.ToString(), ink);
        cells[6] = new(PriceText(order), ink);
        cells[7] = new($"{look.Glyph} {look.Word}", look.Ink);
        cells[8] = order.Connection is { } connection
            ? new(picture.SourceName(connection, order.IsBackup, order.IsSimulated), order.IsBackup ? Palette.Warn : ink)
            : new(Show.Nothing, Palette.Dim);
        cells[9] = new(SafeText.Of(order.Reason), look.IsTrouble ? Palette.Text : Palette.Dim);
    }

    /// <summary>What it got if it got anything, else what it asks for; an average may have digits without end.</summary>
    private static string PriceText(Order order) => order switch
    {
        { AverageFillPrice: { } average } => Numbers.Text(Math.Round(average.Value, 8)),
        { Request.LimitPrice: { } limit } => limit.ToString(),
        _ => "market",
    };
}
