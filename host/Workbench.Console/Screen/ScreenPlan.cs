using System.Drawing;

namespace Workbench.Tui.Screen;

/// <summary>Where each panel goes. Pure: sizes in, rectangles out; a panel that gets no rectangle is not shown, and the key bar says so.</summary>
internal static class ScreenPlan
{
    public const int MinimumWidth = 60;
    public const int MinimumHeight = 15;

    private const int WideFrom = 150;
    private const int WideFromHeight = 20;

    /// <summary>Title, headings, one row.</summary>
    private const int SmallestPanel = 3;

    // Indexes of the panels in the order of their numbers.
    private const int Connections = 0;
    private const int Quotes = 1;
    private const int Orders = 2;
    private const int Positions = 3;
    private const int Log = 4;

    /// <summary>Who stays longest when rows are short.</summary>
    private static readonly int[] Priority = [Orders, Quotes, Connections, Positions, Log];

    public static bool IsTooSmall(Size terminal) => terminal.Width < MinimumWidth || terminal.Height < MinimumHeight;

    /// <summary>Divides an area among the panels.</summary>
    /// <param name="area">What the status lines leave.</param>
    /// <param name="wanted">The height each panel would like.</param>
    /// <param name="zoomed">The one panel that is shown alone, or null.</param>
    public static Rectangle?[] Divide(Rectangle area, IReadOnlyList<int> wanted, int? zoomed)
    {
        var places = new Rectangle?[wanted.Count];
        if (zoomed is { } one)
        {
            places[one] = area;
        }
        else if (area.Width >= WideFrom && area.Height >= WideFromHeight)
        {
            Wide(area, wanted, places);
        }
        else
        {
            Narrow(area, wanted, places);
        }

        return places;
    }

    // Connections beside positions, quotes beside the log, and orders, which have most to say, over the whole width.
    private static void Wide(Rectangle area, IReadOnlyList<int> wanted, Rectangle?[] places)
    {
        var left = area.Width / 2;
        var right = area.Width - left;
        var top = Math.Clamp(Math.Max(wanted[Connections], wanted[Positions]), SmallestPanel + 1, area.Height / 4);
        var rest = area.Height - top;
        var middle = Math.Clamp(wanted[Quotes], rest * 2 / 5, rest * 3 / 5);
        places[Connections] = new(area.X, area.Y, left, top);
        places[Positions] = new(area.X + left, area.Y, right, top);
        places[Quotes] = new(area.X, area.Y + top, left, middle);
        places[Log] = new(area.X + left, area.Y + top, right, middle);
        places[Orders] = new(area.X, area.Y + top + middle, area.Width, rest - middle);
    }

    // One above the other. Each that fits gets the smallest height; then rows go round by priority until everybody has what it wants.
    private static void Narrow(Rectangle area, IReadOnlyList<int> wanted, Rectangle?[] places)
    {
        int[] shown = [.. Priority.Take(area.Height / SmallestPanel)];
        var heights = new int[wanted.Count];
        foreach (var panel in shown)
        {
            heights[panel] = SmallestPanel;
        }

        var left = area.Height - (shown.Length * SmallestPanel);
        while (left > 0)
        {
            var before = left;
            foreach (var panel in shown.Where(p => Unbounded(p, wanted) > heights[p]))
            {
                heights[panel] += left > 0 ? 1 : 0;
                left -= left > 0 ? 1 : 0;
            }

            if (left == before)
            {
                break;
            }
        }

        var y = area.Y;
        for (var panel = 0; panel < heights.Length; panel++)
        {
            places[panel] = heights[panel] > 0 ? new(area.X, y, area.Width, heights[panel]) : null;
            y += heights[panel];
        }
    }

    // Orders and log take any number of rows: their height then does not change with every new order.
    private static int Unbounded(int panel, IReadOnlyList<int> wanted) => panel is Orders or Log ? int.MaxValue : Math.Min(wanted[panel], 12);
}
