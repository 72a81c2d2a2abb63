using Terminal.Gui.Input;
using Workbench.Tui.Painting;
using Workbench.Tui.Tests.Support;

namespace Workbench.Tui.Tests;

[Collection(TuiCollection.Name)]
public sealed class StoredScreenTests
{
    [Theory]
    [InlineData(80, 24)]
    [InlineData(160, 48)]
    [InlineData(60, 15)]
    public void Calm_engine_looks_as_stored(int width, int height)
    {
        using var terminal = new HeadlessTerminal(new FakeSource(), width, height);
        terminal.ShouldBeAsStored($"calm-{width}x{height}");
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(160, 48)]
    public void Failover_looks_as_stored(int width, int height)
    {
        using var terminal = new HeadlessTerminal(new FakeSource { Engine = Samples.FailedOver(Samples.Start), Environment = "LIVE" }, width, height);
        terminal.ShouldBeAsStored($"failover-live-{width}x{height}");
    }

    [Theory]
    [InlineData('1', "connections")]
    [InlineData('2', "quotes")]
    [InlineData('3', "orders")]
    [InlineData('4', "positions")]
    [InlineData('5', "log")]
    public void Zoomed_panel_looks_as_stored(char key, string name)
    {
        using var terminal = new HeadlessTerminal(new FakeSource { Engine = Samples.FailedOver(Samples.Start) });
        terminal.Press(new Key(key)).ShouldBeAsStored($"zoom-{name}-80x24");
    }

    [Fact]
    public void Orders_on_second_column_page_look_as_stored()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        terminal.Press(Key.D3, Key.CursorRight).ShouldBeAsStored("zoom-orders-columns2-80x24");
    }

    [Fact]
    public void Help_looks_as_stored()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        terminal.Press(new Key('?')).ShouldBeAsStored("help-80x24");
    }

    [Fact]
    public void Quit_question_looks_as_stored()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        terminal.Press(Key.Q).ShouldBeAsStored("quit-80x24");
    }

    [Fact]
    public void Too_small_terminal_looks_as_stored()
    {
        using var terminal = new HeadlessTerminal(new FakeSource(), 59, 15);
        terminal.ShouldBeAsStored("too-small-59x15");
    }

    [Fact]
    public void Mono_palette_says_the_same_words()
    {
        using var terminal = new HeadlessTerminal(new FakeSource(), palette: Palette.Mono);
        terminal.ShouldBeAsStored("calm-80x24");
    }
}
