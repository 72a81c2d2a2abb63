using Workbench.Core.Pipeline;

namespace Workbench.Core.Portfolio;

/// <summary>Keeps positions from fills.</summary>
internal sealed class PortfolioStage(PortfolioBook book) : IStage
{
    public string Name => "portfolio";

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        if (message is FillApplied { Fill: var fill })
        {
            book.Apply(fill);
            output.Emit(new PositionChanged(book.Position(fill.Connection, fill.Symbol)));
            output.Emit(new PositionChanged(book.Total(fill.Symbol)));
        }

        return true;
    }
}
