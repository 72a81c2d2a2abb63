using Terminal.Gui.Drawing;
using Terminal.Gui.Input;
using Terminal.Gui.Views;
using Workbench.Sdk;
using Workbench.Tui.Painting;
using Workbench.Tui.Panels;
using Workbench.Tui.Tests.Support;

namespace Workbench.Tui.Tests;

[Collection(TuiCollection.Name)]
public sealed class LiveScreenTests
{
    [Fact]
    public void Unchanged_engine_paints_nothing()
    {
        var source = new FakeSource();
        using var terminal = new HeadlessTerminal(source);
        terminal.Refresh();
        var pulls = source.Pulls;
        for (var i = 0; i < 5; i++)
        {
            var same = source.Engine;
            source.Engine = same with { Now = same.Now + TimeSpan.FromMilliseconds(1), Quotes = [.. same.Quotes], Orders = [.. same.Orders] };
            terminal.App.TimedEvents!.RunTimers();
            terminal.Screen.SubViews.ShouldAllBe(v => !v.NeedsDraw);
            terminal.Refresh();
        }

        source.Pulls.ShouldBeGreaterThan(pulls);
    }

    [Fact]
    public void Changed_price_carries_an_arrow_for_a_moment()
    {
        var source = new FakeSource();
        using var terminal = new HeadlessTerminal(source);
        terminal.Text.ShouldNotContain("▲6");
        var now = Samples.Start + TimeSpan.FromMilliseconds(300);
        source.Engine = source.Engine with { Now = now, Quotes = [Samples.Quote("BTC/USDT", 61838m, 1, 61837.9m, 1, now, Samples.Binance), .. source.Engine.Quotes.Skip(1)] };
        terminal.Refresh().Text.ShouldContain("▲61838.00");
        terminal.InkAt("▲61838.00").ShouldBe(Palette.Dark.Rise);
        source.Engine = source.Engine with { Now = now + TimeSpan.FromSeconds(1) };
        terminal.Refresh().Text.ShouldNotContain("▲61838.00");
        source.Engine = source.Engine with { Quotes = [Samples.Quote("BTC/USDT", 61837m, 1, 61837.9m, 1, now, Samples.Binance), .. source.Engine.Quotes.Skip(1)] };
        terminal.Refresh().Text.ShouldContain("▼61837.00");
    }

    [Fact]
    public void Stale_quote_is_dim_and_says_its_age()
    {
        var source = new FakeSource();
        using var terminal = new HeadlessTerminal(source);
        source.Engine = source.Engine with { Now = Samples.Start + TimeSpan.FromSeconds(65) };
        terminal.Refresh().Text.ShouldContain("! 1m05");
        terminal.InkAt("61837.60").ShouldBe(Palette.Dark.Dim);
    }

    [Fact]
    public void Failover_shows_a_banner_that_goes_with_the_failback()
    {
        var source = new FakeSource();
        using var terminal = new HeadlessTerminal(source);
        source.Engine = Samples.FailedOver(Samples.Start);
        terminal.Refresh().Text.ShouldContain("BACKUP  trading on bybit: market data silent since 12:03:31");
        terminal.InkAt("trading on bybit").ShouldBe(Palette.Dark.Banner);
        source.Engine = Samples.Calm(Samples.Start);
        terminal.Refresh().Text.ShouldNotContain("BACKUP  trading");
        terminal.Text.ShouldContain("on binance");
    }

    [Theory]
    [InlineData("SIM", " SIM")]
    [InlineData("PAPER", " PAPER")]
    [InlineData("TESTNET", " TESTNET")]
    [InlineData("LIVE", " ▲ LIVE ▲")]
    [InlineData("SOMETHING", " ▲ SOMETHING ▲")]
    public void Environment_has_its_own_background_over_the_whole_line(string environment, string text)
    {
        using var terminal = new HeadlessTerminal(new FakeSource { Environment = environment });
        terminal.Lines[0].ShouldStartWith(text);
        var expected = Palette.Dark.Environment(environment);
        Enumerable.Range(0, 80).Select(x => terminal.App.Driver!.Contents![0, x].Attribute).ShouldAllBe(a => a == expected);
        new[] { "SIM", "PAPER", "TESTNET", "LIVE" }.Select(e => Palette.Dark.Environment(e).Background).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void Resize_there_and_back_leaves_no_trace()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        var before = terminal.Text;
        terminal.Resize(200, 50).Text.ShouldContain("InsufficientFunds -2010: Account has insufficient balance for requested action.");
        terminal.Resize(40, 10).Text.ShouldContain("60x15 is needed");
        terminal.Resize(80, 24).Text.ShouldBe(before);
    }

    [Fact]
    public void Overlay_above_live_panels_is_not_overpainted()
    {
        var source = new FakeSource();
        using var terminal = new HeadlessTerminal(source);
        terminal.Press(Key.Q);
        var box = Box(terminal);
        Move(source, 61000m);
        terminal.Refresh().Text.ShouldContain("61000");
        Box(terminal).ShouldBe(box);
        terminal.Press(Key.Esc).Text.ShouldNotContain("Quit?");
        terminal.Text.ShouldContain("▼61000.00");
    }

    /// <summary>Later dialogs are the library's own; this pins that the canvas honours their place.</summary>
    [Fact]
    public void Dialog_of_the_library_above_live_panels_is_not_overpainted()
    {
        var source = new FakeSource();
        using var terminal = new HeadlessTerminal(source);
        using var dialog = new Dialog { Title = "a dialog", Width = 40, Height = 9 };
        string before = "", after = "";
        terminal.InModal(
            () => before = Box(terminal, "a dialog", 38, 8),
            () => Move(source, 61000m),
            () => terminal.Refresh(),
            () => after = Box(terminal, "a dialog", 38, 8),
            () => terminal.App.RequestStop(dialog));
        terminal.App.Run(dialog);
        before.ShouldContain("a dialog");
        after.ShouldBe(before);
        terminal.Refresh().Text.ShouldContain("61000");
        terminal.Text.ShouldNotContain("a dialog");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Panel_that_throws_says_so_in_its_place_and_recovers_by_key(bool inUpdate)
    {
        var source = new FakeSource();
        var broken = new BrokenPanel(Palette.Dark, inUpdate);
        var panels = StandardPanels.Create(Palette.Dark).Select(p => p.Number == 2 ? broken : p).ToArray();
        using var terminal = new HeadlessTerminal(source, panels: panels);
        terminal.Text.ShouldContain("2 Quotes × failed");
        terminal.Text.ShouldContain("InvalidOperationException: quotes went ·[2Jwrong");
        terminal.Text.ShouldContain("3 Orders ─ 3 open");
        terminal.Refresh().Refresh();
        broken.Calls.ShouldBe(1);
        terminal.Errors.ShouldHaveSingleItem().Part.ShouldBe("Quotes");
        broken.IsBroken = false;
        terminal.Press(Key.D2, Key.R).Text.ShouldContain("it works again");
    }

    [Fact]
    public void Source_that_fails_leaves_the_last_picture_with_an_alarm()
    {
        var source = new FakeSource();
        using var terminal = new HeadlessTerminal(source);
        source.Failure = new InvalidOperationException("gone");
        terminal.Refresh().Refresh().Text.ShouldContain("these numbers are old");
        terminal.Text.ShouldContain("61837.60");
        terminal.Errors.Count.ShouldBe(1);
        source.Failure = null;
        terminal.Refresh().Text.ShouldNotContain("these numbers are old");
    }

    [Fact]
    public void Number_that_overflows_costs_its_own_place_only()
    {
        var source = new FakeSource();
        source.Engine = source.Engine with { Positions = [source.Engine.Positions[0] with { Net = new(decimal.MaxValue) }] };
        using var terminal = new HeadlessTerminal(source, 160, 48);
        terminal.Text.ShouldContain("this status line is incomplete (OverflowException");
        terminal.Text.ShouldContain("4 Positions × failed");
        terminal.Text.ShouldContain("61837.60");
        source.Engine = Samples.Calm(Samples.Start + TimeSpan.FromSeconds(1));
        terminal.Refresh().Text.ShouldNotContain("incomplete");
        terminal.Errors.Select(e => e.Part).Order().ShouldBe(["Positions", "status line"]);
    }

    [Fact]
    public void Stop_request_ends_the_screen_even_under_a_dialog()
    {
        using var terminal = new HeadlessTerminal(new FakeSource());
        using var dialog = new Dialog { Title = "a dialog" };
        terminal.InModal(() => terminal.Stop.Ask("SIGTERM"), () => terminal.Refresh());
        terminal.App.Run(dialog);
        terminal.IsEnded.ShouldBeTrue();
    }

    [Fact]
    public void Mono_palette_sets_no_colour_anywhere()
    {
        using var terminal = new HeadlessTerminal(new FakeSource { Engine = Samples.FailedOver(Samples.Start), Environment = "LIVE" }, 160, 48, Palette.Mono);
        foreach (var cell in terminal.App.Driver!.Contents!)
        {
            cell.Attribute!.Value.Foreground.ShouldBe(Color.None);
            cell.Attribute!.Value.Background.ShouldBe(Color.None);
        }
    }

    [Fact]
    public void Hostile_venue_text_reaches_no_cell()
    {
        var source = new FakeSource();
        const string Evil = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e\u200b\u2066 \U000E0041 end";
        source.Engine = source.Engine with
        {
            Connections = [source.Engine.Connections[0] with { Reason = Evil, State = ConnectionState.Down }],
            Orders = [Samples.Order(1, Side.Buy, 1, 1, OrderKnowledge.Known, OrderStatus.Rejected, true, Evil) with { Id = new(Evil) }],
            Events = [new(Samples.Start, ConnectionEventKind.Failover, Samples.Binance, Evil)],
            Routes = [Samples.Route("BTC/USDT", Samples.Bybit, Samples.Bybit, Evil)],
        };
        source.Write(LogSeverity.Error, Evil);
        using var terminal = new HeadlessTerminal(source, 200, 50);
        terminal.Text.ShouldContain("end");
        foreach (var cell in terminal.App.Driver!.Contents!)
        {
            cell.Grapheme.ShouldAllBe(c => c == '\ufffd' || SafeCharacter(c), $"U+{(int)cell.Grapheme[0]:X4}");
        }
    }

    private static bool SafeCharacter(char c) => !char.IsControl(c) && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format;

    private static void Move(FakeSource source, decimal bid) =>
        source.Engine = source.Engine with { Quotes = [.. source.Engine.Quotes.Select(q => Samples.Quote(q.Symbol.ToString(), bid, 1, bid + 1, 1, Samples.Start, Samples.Binance))] };

    private static string Box(HeadlessTerminal terminal, string title = "Quit?", int width = 53, int height = 8)
    {
        var lines = terminal.Lines.Select(l => l.PadRight(80)).ToArray();
        var top = Array.FindIndex(lines, l => l.Contains(title, StringComparison.Ordinal));
        return string.Join('\n', lines.Skip(top).Take(height).Select(l => l.Substring((80 - width) / 2, width)));
    }
}
