using Workbench.Sdk;
using Workbench.Tui.Painting;
using Workbench.Tui.Screen;
using Workbench.Tui.Tables;
using Workbench.Tui.Text;

namespace Workbench.Tui.Panels;

/// <summary>Every connection: how it is, why, and whether anything uses it.</summary>
internal sealed class ConnectionsPanel(Palette palette) : TablePanel(1, "Connections", palette, Columns)
{
    private static readonly Column[] Columns =
    [
        new("connection"),
        new("state"),
        new("data", 1),
        new("trading", 1),
        new("latency", 3) { IsNumber = true },
        new("data age", 3) { IsNumber = true },
        new("since", 4),
        new("reason", 2) { Stretches = true, Minimum = 30 },
    ];

    protected override string WhenEmpty => "No connection is configured: see 'connections' in workbench.yaml.";

    protected override int RowCount(Picture picture) => picture.Engine.Connections.Count;

    protected override bool Differs(Picture before, Picture after) =>
        before.Tick != after.Tick || !Picture.Same(before.Engine.Connections, after.Engine.Connections) || !Picture.Same(before.Engine.Routes, after.Engine.Routes);

    protected override string Summary(Picture picture) =>
        Show.Invariant($"{picture.Engine.Connections.Count(c => c.State == ConnectionState.Connected)} of {picture.Engine.Connections.Count} connected");

    protected override void Describe(Picture picture, int row, Span<CellText> cells)
    {
        var c = picture.Engine.Connections[row];
        var look = ConnectionLook.Of(c.State, Palette);
        var age = picture.Now - (c.LastDataAt ?? picture.Now);
        var used = picture.Engine.Routes;
        cells[0] = new($"{look.Glyph} {picture.SourceName(c.Id, false, c.IsSimulated)}", look.Ink);
        cells[1] = new(look.Word, look.Ink);
        cells[2] = Use(c.DataUp, used.Any(r => r.Data == c.Id && !r.DataIsBackup), used.Any(r => r.Data == c.Id && r.DataIsBackup));
        cells[3] = Use(c.TradingUp, used.Any(r => r.Trading == c.Id && !r.TradingIsBackup), used.Any(r => r.Trading == c.Id && r.TradingIsBackup));
        cells[4] = new(Show.Latency(c.Latency), Palette.Text);
        cells[5] = c.LastDataAt is null ? new(Show.Nothing, Palette.Dim) : new(picture.IsStale(age) ? $"! {Show.Age(age)}" : Show.Age(age), picture.IsStale(age) ? Palette.Warn : Palette.Text);
        cells[6] = new(Show.Time(c.Since), Palette.Dim);
        cells[7] = new(SafeText.Of(c.Reason), c.State == ConnectionState.Connected ? Palette.Dim : Palette.Text);
    }

    private CellText Use(bool isUp, bool isPrimary, bool isBackup) => (isUp, isPrimary, isBackup) switch
    {
        (false, false, false) => new("down", Palette.Dim),
        (false, _, _) => new("▶ down", Palette.Bad),
        (true, _, true) => new("▶ BACKUP", Palette.Warn),
        (true, true, _) => new("▶ active", Palette.Good),
        _ => new("ready", Palette.Text),
    };
}
