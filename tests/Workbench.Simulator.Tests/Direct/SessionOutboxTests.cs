using Workbench.Sdk;
using Workbench.Simulator.Direct;

namespace Workbench.Simulator.Tests.Direct;

public sealed class SessionOutboxTests
{
    [Fact]
    public async Task Session_that_falls_behind_is_cut_off_after_what_was_queued()
    {
        var outbox = new SessionOutbox<List<int>>(capacity: 4);
        for (var i = 0; i < 10; i++)
        {
            var number = i;
            outbox.Post(heard => heard.Add(number));
        }

        var heard = new List<int>();
        var end = await outbox.RunAsync(heard, CancellationToken.None).WaitAsync(DirectBench.Patience);

        heard.ShouldBe([0, 1, 2, 3], "nothing may come after a hole");
        end.Error!.Kind.ShouldBe(VenueErrorKind.Network);
    }

    [Fact]
    public async Task Cancelled_outbox_calls_no_more_even_when_calls_are_queued()
    {
        using var stop = new CancellationTokenSource();
        var outbox = new SessionOutbox<List<int>>();
        outbox.Post(heard =>
        {
            heard.Add(1);
            stop.Cancel();
        });
        outbox.Post(heard => heard.Add(2));

        var heard = new List<int>();
        (await outbox.RunAsync(heard, stop.Token)).ShouldBe(StreamEnd.Orderly);

        heard.ShouldBe([1]);
    }
}
