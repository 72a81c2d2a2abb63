namespace Workbench.EndToEnd.Tests;

/// <summary>The console of the built program in a real terminal.</summary>
public sealed class ConsoleTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Console_shows_the_environment_both_venues_and_prices_that_move_within_2_s()
    {
        await using var console = await ConsoleSession.StartAsync(_folder, 120, 40);
        var first = await console.ShowsAsync("both connections and a price", ConsoleSession.IsConnected);
        var since = TimeProvider.System.GetTimestamp();
        first.Shows("^ SIM │ 0 open orders │ flat │ on binance │").ShouldBeTrue(first.ToString());
        await console.ShowsAsync("another price", s => s.Quote is { Source: "binance" } now && (now.Bid, now.Ask) != (first.Quote!.Value.Bid, first.Quote.Value.Ask));
        TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(200, 50)]
    public async Task Screen_of_any_size_has_no_line_cut_or_too_long(int width, int height)
    {
        await using var console = await ConsoleSession.StartConnectedAsync(_folder, width, height);
        await console.IsWholeAsync();
    }

    [Fact]
    public async Task Resized_screen_is_whole_at_each_size()
    {
        await using var console = await ConsoleSession.StartConnectedAsync(_folder, 120, 40);
        await console.IsWholeAsync();
        await console.ResizeAsync(80, 24);
        await console.IsWholeAsync();
        await console.ResizeAsync(120, 40);
        await console.IsWholeAsync();
    }

    [Fact]
    public async Task Question_mark_shows_the_keys_and_Esc_closes_them()
    {
        await using var console = await ConsoleSession.StartConnectedAsync(_folder, 80, 24);
        await console.PressAsync("?");
        await console.ShowsAsync("the keys", s => s.Shows("┌─ Keys · Esc closes ─+┐") && s.Shows("│  q Ctrl[+]Q Ctrl[+]C +quit; asks while orders are open +│") && s.Shows("└─+┘"));
        await console.PressAsync("Escape");
        await console.ShowsAsync("the screen without the keys", s => s.Flaw is null && !s.Shows("Keys · Esc closes"));
    }

    [Fact]
    public async Task Quit_exits_0_and_gives_the_shell_its_terminal_back()
    {
        await using var console = await ConsoleSession.StartConnectedAsync(_folder, 120, 40);
        await console.PressAsync("q");
        var screen = await console.ShouldEndAsync(0);
        screen.Text.TrimEnd().ShouldBe("the shell was here\nended with 0, settings kept");
    }

    [Fact]
    public async Task Verbose_console_has_a_whole_screen_and_ends_without_a_stack_trace()
    {
        await using var console = await ConsoleSession.StartConnectedAsync(_folder, 120, 40, "--verbose");
        await console.IsWholeAsync();
        await console.PressAsync("q");
        var screen = await console.ShouldEndAsync(0);
        screen.Shows(@"^ +\d+ ms  host started").ShouldBeTrue(screen.ToString());
        screen.Text.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_ends_the_console_with_0_and_gives_the_shell_its_terminal_back(string signal)
    {
        await using var console = await ConsoleSession.StartConnectedAsync(_folder, 120, 40);
        await console.SignalAsync(signal);
        await console.ShouldEndAsync(0);
    }

    [Fact]
    public async Task Terminal_that_is_gone_ends_the_program()
    {
        await using var console = await ConsoleSession.StartConnectedAsync(_folder, 120, 40);
        await console.ShouldEndWithoutTerminalAsync();
    }

    [Fact]
    public async Task Primary_that_cannot_come_up_shows_a_banner_about_the_backup_and_its_reason()
    {
        var config = _folder.Configuration(("    plugin: Workbench.Plugins.Binance\n", "    plugin: Workbench.Plugins.Gone\n"), ("offline: simulate", "offline: fail"));
        await using var console = await ConsoleSession.StartAsync(_folder, 200, 50, "--config", config);
        await console.ShowsAsync("the banner", s => s.Shows(@"^ ▲ BACKUP  trading on bybit: binance: it has failed, since \d\d:\d\d:\d\d") && s.Shows("^ BTC/USDT .* bybit BACKUP "));
        await console.PressAsync("1");
        await console.ShowsAsync("the whole reason", s => s.Shows("^ ✗ binance +failed +down +down .*there is no plugin 'Workbench.Plugins.Gone'; did you mean 'Workbench.Plugins.Binance'[?]"));
        await console.ShowsAsync("the backup at work", s => s.Shows("^ ● bybit +connected +▶ BACKUP +▶ BACKUP "));
    }
}
