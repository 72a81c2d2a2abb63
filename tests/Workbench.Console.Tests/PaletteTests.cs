using Terminal.Gui.Drawing;
using Workbench.Tui.Painting;

namespace Workbench.Tui.Tests;

public sealed class PaletteTests
{
    public static TheoryData<string> Inks => [.. typeof(Palette).GetProperties().Where(p => p.PropertyType == typeof(Ink) && p.Name != nameof(Palette.Rule)).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Inks))]
    public void Dark_ink_is_readable(string name) => Contrast((Ink)typeof(Palette).GetProperty(name)!.GetValue(Palette.Dark)!).ShouldBeGreaterThan(4.5);

    [Theory]
    [InlineData("SIM")]
    [InlineData("PAPER")]
    [InlineData("TESTNET")]
    [InlineData("LIVE")]
    public void Environment_is_readable(string environment) => Contrast(Palette.Dark.Environment(environment)).ShouldBeGreaterThan(4.5);

    // WCAG 2: relative luminance of the lighter to the darker.
    private static double Contrast(Ink ink)
    {
        var (a, b) = (Luminance(ink.Foreground), Luminance(ink.Background));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(Color c) => (0.2126 * Linear(c.R)) + (0.7152 * Linear(c.G)) + (0.0722 * Linear(c.B));

    private static double Linear(byte part) => part / 255.0 is var s && s <= 0.03928 ? s / 12.92 : Math.Pow(((part / 255.0) + 0.055) / 1.055, 2.4);
}
