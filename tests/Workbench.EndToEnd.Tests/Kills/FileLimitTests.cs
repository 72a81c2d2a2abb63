namespace Workbench.EndToEnd.Tests.Kills;

public sealed class FileLimitTests
{
    // Takes every file that is left, sends an order, gives them back, and sends until one is filled.
    private const string Script = """
        var symbol = Symbol.Parse("BTC/USDT");
        await foreach (var quote in Market.Quotes(symbol).WithCancellation(Stop))
        {
            if (Connections.Route(symbol).Trading is not null)
            {
                break;
            }
        }

        var files = new List<System.IO.FileStream>();
        try
        {
            while (true)
            {
                files.Add(System.IO.File.OpenRead("/dev/null"));
            }
        }
        catch (System.IO.IOException e)
        {
            Print($"took {files.Count}: {e.Message}");
        }

        var refused = await Orders.Buy(symbol, Qty(0.001m)).Answered;
        Print($"without files: {refused.Knowledge}, {refused.Reason}");
        files.ForEach(f => f.Dispose());
        Order done;
        do
        {
            await Task.Delay(100, Stop);
            done = await Orders.Buy(symbol, Qty(0.001m)).Done;
        }
        while (done.Status != OrderStatus.Filled);
        Print($"with files: {done.Knowledge} {done.Status}");
        Print($"sent {Orders.All.Count(o => o.VenueOrderId is not null)}");
        """;

    [Fact]
    public async Task P26_Order_without_a_free_file_is_known_not_to_have_been_sent_and_trading_goes_on_when_there_are_files_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "limits of this kind are a Unix thing");
        using var venues = new KillVenues();
        await venues.StartAsync(["files"]);
        using var subject = new KillSubject(venues.All["files"]);
        using var run = subject.StartWithFiles(400, Script);
        await run.EndedAsync();
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldMatch(@"without files: NotSent, .*this machine gives no socket", run.ToString());
        run.Output.ShouldContain("with files: Known Filled", customMessage: run.ToString());
        run.Output.ShouldContain("sent 1", customMessage: run.ToString());
        (await subject.Venue.OrdersAsync()).Count.ShouldBe(1);
    }
}
