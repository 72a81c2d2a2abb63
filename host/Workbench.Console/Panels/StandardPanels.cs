using Workbench.Tui.Log;
using Workbench.Tui.Painting;

namespace Workbench.Tui.Panels;

/// <summary>The panels of the first screen, in the order of their numbers.</summary>
internal static class StandardPanels
{
    public static IReadOnlyList<Panel> Create(Palette palette) =>
    [
        new ConnectionsPanel(palette),
        new QuotesPanel(palette),
        new OrdersPanel(palette),
        new PositionsPanel(palette),
        new LogPanel(palette),
    ];
}
