using Workbench.Sdk;
using Workbench.Tui.Painting;
using Workbench.Tui.Screen;
using Workbench.Tui.Tables;
using Workbench.Tui.Text;

namespace Workbench.Tui.Panels;

/// <summary>The best prices of each market through its route. A price that changed carries ▲ or ▼ for a moment; a quote that is old is dim and says how old.</summary>
internal sealed class QuotesPanel(Palette palette) : TablePanel(2, "Quotes", palette, Columns)
{
    private static readonly TimeSpan FlashTime = TimeSpan.FromMilliseconds(500);

    private static readonly Column[] Columns =
    [
        new("symbol"),
        new("bid") { IsNumber = true },
        new("bid qty", 3) { IsNumber = true },
        new("ask") { IsNumber = true },
        new("ask qty", 3) { IsNumber = true },
        new("spread", 4) { IsNumber = true },
        new("source", 1),
        new("age", 2) { IsNumber = true },
    ];

    private readonly Dictionary<Symbol, PriceMoves> _moves = [];

    protected override string WhenEmpty => "No quotes yet.";

    protected override int MinimumRows => 2;

    protected override int RowCount(Picture picture) => picture.Engine.Quotes.Count;

    protected override bool Differs(Picture before, Picture after) => before.Tick != after.Tick || !Picture.Same(before.Engine.Quotes, after.Engine.Quotes);

    protected override void Update(Picture picture)
    {
        base.Update(picture);
        foreach (var quote in picture.Engine.Quotes)
        {
            if (!_moves.TryGetValue(quote.Symbol, out var moves))
            {
                _moves[quote.Symbol] = moves = new PriceMoves();
            }

            moves.See(quote, picture.Now);
        }
    }

    protected override void Describe(Picture picture, int row, Span<CellText> cells)
    {
        var quote = picture.Engine.Quotes[row];
        var moves = _moves[quote.Symbol];
        var age = quote.Stamp.AgeAt(picture.Now);
        var isStale = picture.IsStale(age);
        var ink = isStale ? Palette.Dim : Palette.Text;
        cells[0] = new(SafeText.Of(quote.Symbol.ToString(), 24), isStale ? Palette.Dim : Palette.Strong);
        cells[1] = PriceCell(quote.Bid, moves.Bid, moves.Decimals, picture.Now, isStale);
        cells[2] = new(quote.Bid is null ? Show.Nothing : Show.Fixed(quote.BidQuantity.Value, moves.QuantityDecimals), ink);
        cells[3] = PriceCell(quote.Ask, moves.Ask, moves.Decimals, picture.Now, isStale);
        cells[4] = new(quote.Ask is null ? Show.Nothing : Show.Fixed(quote.AskQuantity.Value, moves.QuantityDecimals), ink);
        cells[5] = SpreadCell(quote, moves.Decimals, ink);
        cells[6] = new(picture.SourceName(quote.Stamp.Connection, quote.Stamp.IsBackup, quote.Stamp.IsSimulated), quote.Stamp.IsBackup ? Palette.Warn : ink);
        cells[7] = new(isStale ? $"! {Show.Age(age)}" : Show.Age(age), isStale ? Palette.Warn : Palette.Dim);
    }

    private CellText PriceCell(Price? price, PriceMoves.Move move, int decimals, Timestamp now, bool isStale)
    {
        if (price is not { } value)
        {
            return new(Show.Nothing, Palette.Dim);
        }

        var flashes = move.Direction != 0 && now - move.At < FlashTime;
        var mark = flashes ? move.Direction > 0 ? "▲" : "▼" : "";
        var ink = isStale ? Palette.Dim : flashes ? move.Direction > 0 ? Palette.Rise : Palette.Fall : Palette.Text;
        return new(mark + Show.Fixed(value.Value, decimals), ink);
    }

    private CellText SpreadCell(Quote quote, int decimals, Ink ink) => quote.Spread is { } spread
        ? new(spread.Value < 0 ? $"crossed {Show.Fixed(spread.Value, decimals)}" : Show.Fixed(spread.Value, decimals), spread.Value < 0 ? Palette.Bad : ink)
        : new(Show.Nothing, Palette.Dim);
}
