using Terminal.Gui.Input;
using Workbench.Tui.Tests.Support;

namespace Workbench.Tui.Tests;

[Collection(TuiCollection.Name)]
public sealed class KeyTests
{
    public static TheoryData<Key> QuitKeys => [Key.Q, Key.Q.WithCtrl, Key.C.WithCtrl];

    [Theory]
    [MemberData(nameof(QuitKeys))]
    public void Quit_key_without_open_orders_ends(Key key)
    {
        using var terminal = new HeadlessTerminal(NoOpenOrders());
        terminal.Press(key).IsEnded.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(QuitKeys))]
    public void Quit_key_with_open_orders_asks(Key key)
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        terminal.Press(key).IsEnded.ShouldBeFalse();
        terminal.Text.ShouldContain("3 orders are still open.");
    }

    [Fact]
    public void Quit_question_takes_enter_as_stay()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        terminal.Press(Key.Q, Key.Enter).IsEnded.ShouldBeFalse();
        terminal.Text.ShouldNotContain("still open");
    }

    [Fact]
    public void Quit_question_ends_only_after_moving_to_the_other_button()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        terminal.Press(Key.Q, Key.Tab, Key.Enter).IsEnded.ShouldBeTrue();
    }

    [Fact]
    public void Quit_question_ignores_impatient_quit_keys()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        terminal.Press(Key.Q, Key.Q, Key.Q.WithCtrl, Key.C.WithCtrl, Key.Y).IsEnded.ShouldBeFalse();
        terminal.Text.ShouldContain("still open");
        terminal.Press(Key.Esc).IsEnded.ShouldBeFalse();
        terminal.Text.ShouldNotContain("still open");
    }

    [Fact]
    public void Escape_never_quits()
    {
        using var terminal = new HeadlessTerminal(NoOpenOrders());
        terminal.Press(Key.Esc, Key.Esc, Key.D2, Key.Esc, Key.Esc).IsEnded.ShouldBeFalse();
    }

    [Fact]
    public void Suspend_key_does_nothing()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        var before = terminal.Text;
        terminal.Press(Key.Z.WithCtrl).Text.ShouldBe(before);
    }

    [Fact]
    public void Tab_goes_round_the_panels_and_back()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        terminal.Text.ShouldContain("▌3 Orders");
        terminal.Press(Key.Tab).Text.ShouldContain("▌4 Positions");
        terminal.Press(Key.Tab, Key.Tab).Text.ShouldContain("▌1 Connections");
        terminal.Press(Key.Tab.WithShift).Text.ShouldContain("▌5 Log");
    }

    [Fact]
    public void Number_shows_one_panel_and_escape_shows_all()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        terminal.Press(Key.D2).Text.ShouldContain("▌2 Quotes");
        terminal.Text.ShouldNotContain("3 Orders ─");
        terminal.Press(Key.Esc).Text.ShouldContain("3 Orders ─");
        terminal.Press(Key.D4, Key.D4).Text.ShouldContain("3 Orders ─");
        terminal.Press(Key.D5, Key.D0).Text.ShouldContain("3 Orders ─");
    }

    [Fact]
    public void Scrolled_orders_keep_their_place_when_a_new_one_comes()
    {
        var source = new FakeSource();
        using var terminal = new HeadlessTerminal(source);
        terminal.Press(Key.CursorDown, Key.CursorDown);
        var first = FirstOrder(terminal);
        source.Engine = source.Engine with { Orders = [.. source.Engine.Orders, Samples.Order(11, Sdk.Side.Buy, 1, 60000, Sdk.OrderKnowledge.Known, Sdk.OrderStatus.New, false)] };
        terminal.Refresh();
        FirstOrder(terminal).ShouldBe(first);
        terminal.Press(Key.Home);
        FirstOrder(terminal).ShouldContain("60000");
        terminal.Press(Key.End).Text.ShouldContain("of 11");
    }

    [Fact]
    public void Scrolled_log_keeps_its_place_until_end()
    {
        var source = new FakeSource();
        for (var i = 0; i < 40; i++)
        {
            source.Write(LogSeverity.Information, $"line {i}");
        }

        using var terminal = new HeadlessTerminal(source);
        terminal.Press(Key.D5, Key.PageUp);
        var first = terminal.Lines[3];
        source.Write(LogSeverity.Information, "the newest");
        terminal.Refresh().Lines[3].ShouldBe(first);
        terminal.Text.ShouldContain("End follows");
        terminal.Press(Key.End).Text.ShouldContain("the newest");
    }

    [Fact]
    public void Click_chooses_a_panel()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        terminal.Click(10, 8).Text.ShouldContain("▌2 Quotes");
        terminal.Press(Key.Tab).Text.ShouldContain("▌3 Orders");
    }

    [Fact]
    public void Click_behind_a_question_does_not_take_its_keys()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        terminal.Press(Key.Q).Click(2, 4).Click(30, 12).Press(Key.Tab).IsEnded.ShouldBeFalse();
        terminal.Text.ShouldContain("[▸Quit anyway ]");
        terminal.Press(Key.Esc).Text.ShouldContain("▌3 Orders");
    }

    [Fact]
    public void Help_shows_the_keys_of_the_focused_panel_and_closes()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        terminal.Press(Key.D5, new Key('?')).Text.ShouldContain("follow the newest line again");
        terminal.Press(Key.Q).Text.ShouldNotContain("Everywhere");
        terminal.IsEnded.ShouldBeFalse();
    }

    private static FakeSource NoOpenOrders()
    {
        var source = new FakeSource();
        source.Engine = source.Engine with { Orders = [] };
        return source;
    }

    private static string FirstOrder(HeadlessTerminal terminal) =>
        terminal.Lines[Array.FindIndex(terminal.Lines, l => l.Contains("3 Orders", StringComparison.Ordinal)) + 2];
}
