namespace Workbench.Tui.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Rank">0 stays on every page of columns; higher ranks give way first where the screen is narrow.</param>
internal sealed record Column(string Title, int Rank = 0)
{
    /// <summary>Numbers stand to the right and are never cut: a price that lost a digit is another price.</summary>
    public bool IsNumber { get; init; }

    /// <summary>The widest a text may get before it is cut with an ellipsis.</summary>
    public int Maximum { get; init; } = 28;

    /// <summary>True for the column that takes what is left of the line; it asks for no more than <see cref="Minimum"/>.</summary>
    public bool Stretches { get; init; }

    public int Minimum { get; init; } = 14;

    /// <summary>Blank cells before it; a number that carries a mark of its own in front needs none.</summary>
    public int Gap { get; init; } = 2;
}

/// <summary>What stands in one cell of a table.</summary>
internal readonly record struct CellText(string Text, Ink Ink);
