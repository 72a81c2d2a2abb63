using System.Drawing;
using Workbench.Tui.Painting;
using Workbench.Tui.Screen;
using Workbench.Tui.Tables;
using Workbench.Tui.Text;

namespace Workbench.Tui.Tests;

public sealed class LayoutTests
{
    private static readonly int[] Wanted = [4, 5, 12, 4, int.MaxValue];

    [Fact]
    public void Every_size_is_covered_without_overlap()
    {
        for (var width = ScreenPlan.MinimumWidth; width <= 300; width += 7)
        {
            for (var height = ScreenPlan.MinimumHeight - 4; height <= 100; height++)
            {
                var area = new Rectangle(0, 3, width, height);
                var places = ScreenPlan.Divide(area, Wanted, null).OfType<Rectangle>().ToArray();
                places.ShouldAllBe(p => area.Contains(p) && p.Height >= 3, $"{width}x{height}");
                places.SelectMany((p, i) => places.Skip(i + 1).Select(q => Rectangle.Intersect(p, q))).ShouldAllBe(r => r.Width == 0 || r.Height == 0);
                places.Max(p => p.Bottom).ShouldBe(area.Bottom);
            }
        }
    }

    [Fact]
    public void Short_screen_keeps_orders_and_quotes_longest()
    {
        var places = ScreenPlan.Divide(new Rectangle(0, 0, 80, 7), Wanted, null);
        places.Select(p => p is not null).ShouldBe([false, true, true, false, false]);
    }

    [Fact]
    public void Zoomed_panel_gets_everything()
    {
        var area = new Rectangle(0, 2, 80, 21);
        ScreenPlan.Divide(area, Wanted, 3).ShouldBe([null, null, null, area, null]);
    }

    [Fact]
    public void Every_column_is_on_some_page_at_any_width()
    {
        Column[] columns = [new("a"), new("b", 2), new("c", 1), new("d", 3), new("e")];
        int[] widths = [5, 10, 20, 30, 5];
        for (var available = 1; available < 100; available++)
        {
            var pages = ColumnPages.Divide(columns, widths, available);
            pages.ShouldAllBe(p => p.Contains(0) && p.Contains(4));
            pages.SelectMany(p => p).Distinct().Count().ShouldBe(5);
        }

        ColumnPages.Divide(columns, widths, 80).ShouldHaveSingleItem();
        ColumnPages.Divide(columns, widths, 60)[0].ShouldBe([0, 1, 2, 4]);
    }

    [Theory]
    [InlineData("日経225", 5, "日経…")]
    [InlineData("日経225", 7, "日経225")]
    [InlineData("abcdef", 4, "abc…")]
    [InlineData("abc", 0, "")]
    [InlineData("日", 1, "…")]
    public void Text_is_cut_by_cells_with_a_sign(string text, int cells, string expected) => Glyphs.Fit(text, cells).ShouldBe(expected);

    [Theory]
    [InlineData(-5, "<1s")]
    [InlineData(999, "<1s")]
    [InlineData(1000, "1s")]
    [InlineData(59_999, "59s")]
    [InlineData(65_000, "1m05")]
    [InlineData(7_260_000, "2h01")]
    [InlineData(180_000_000, "2d")]
    public void Age_is_short(int milliseconds, string expected) => Show.Age(TimeSpan.FromMilliseconds(milliseconds)).ShouldBe(expected);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("12.345", "+12.35")]
    [InlineData("-12.3", "-12.30")]
    [InlineData("0.129415", "+0.1294")]
    [InlineData("-0.00000012", "-0.00000012")]
    public void Profit_carries_its_sign(string value, string expected) => Show.Profit(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);

    [Fact]
    public void Fixed_never_drops_a_digit()
    {
        Show.Fixed(61837.6m, 2).ShouldBe("61837.60");
        Show.Fixed(0.123456m, 2).ShouldBe("0.123456");
    }

    [Fact]
    public void Number_too_wide_for_its_cell_is_never_shown_in_part()
    {
        var canvas = new Canvas();
        canvas.Begin(4, 1, Palette.Mono.Text);
        canvas.Text(2, 0, "日経", Palette.Mono.Text);
        canvas.ToString().ShouldBe("  日\n");
    }
}
