using Workbench.Sdk;
using Workbench.Tui.Painting;
using Workbench.Tui.Screen;
using Workbench.Tui.Tables;
using Workbench.Tui.Text;

namespace Workbench.Tui.Panels;

/// <summary>What we hold, at what price, and what it has made.</summary>
internal sealed class PositionsPanel(Palette palette) : TablePanel(4, "Positions", palette, Columns)
{
    private static readonly Column[] Columns =
    [
        new("symbol"),
        new("net") { IsNumber = true },
        new("average", 1) { IsNumber = true },
        new("mark", 3) { IsNumber = true },
        new("uPnL") { IsNumber = true },
        new("rPnL", 1) { IsNumber = true },
        new("fees", 2) { Stretches = true, Minimum = 12 },
    ];

    protected override string WhenEmpty => "No positions.";

    protected override int MinimumRows => 2;

    protected override int RowCount(Picture picture) => picture.Engine.Positions.Count;

    protected override bool Differs(Picture before, Picture after) =>
        before.Tick != after.Tick || !Picture.Same(before.Engine.Positions, after.Engine.Positions) || !Picture.Same(before.Engine.Quotes, after.Engine.Quotes);

    protected override void Describe(Picture picture, int row, Span<CellText> cells)
    {
        var position = picture.Engine.Positions[row];
        var quote = picture.QuoteOf(position.Symbol);
        var isStale = quote is null || picture.IsStale(quote.Stamp.AgeAt(picture.Now));
        cells[0] = new(SafeText.Of(position.Symbol.ToString(), 24), Palette.Strong);
        cells[1] = position.Net.IsFlat ? new("flat", Palette.Dim) : new((position.Net.Value > 0 ? "+" : "") + position.Net, Palette.Text);
        cells[2] = new(position.AveragePrice is { } average ? Numbers.Text(Math.Round(average.Value, 8)) : Show.Nothing, Palette.Text);
        cells[3] = new(quote?.Mid is { } mid ? Numbers.Text(mid.Value) : Show.Nothing, isStale ? Palette.Dim : Palette.Text);
        cells[4] = Unrealised(position, quote?.Mid, isStale);
        cells[5] = Profit(position.RealisedPnl.Value, false);
        cells[6] = new(Fees(position), Palette.Dim);
    }

    private CellText Unrealised(Position position, Price? mark, bool isStale) => (position.Net.IsFlat, mark) switch
    {
        (true, _) => new("0", Palette.Dim),
        (_, null) => new("? no quote", Palette.Warn),
        (_, { } price) => Profit(position.UnrealisedPnl(price).Value, isStale),
    };

    private CellText Profit(decimal value, bool isStale) =>
        new(Show.Profit(value), isStale || value == 0 ? Palette.Dim : value > 0 ? Palette.Good : Palette.Bad);

    private static string Fees(Position position) =>
        position.Fees.Count == 0 ? Show.Nothing : string.Join(" ", position.Fees.OrderBy(f => f.Key.Code, StringComparer.Ordinal).Select(f => $"{f.Value} {SafeText.Of(f.Key.Code, 12)}"));
}
