using Workbench.Core.Views;

namespace Workbench.Core.Tests.Views;

public sealed class BroadcastTests : IDisposable
{
    private readonly Broadcast<int> _broadcast = new();
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(30));

    [Fact]
    public async Task Reader_sees_every_value_from_its_subscription_on_however_late_it_reads()
    {
        _broadcast.Publish(1);
        var reader = _broadcast.Subscribe(_stop.Token);
        _broadcast.Publish(2);
        _broadcast.Publish(3);
        (await TakeAsync(reader, 2)).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Readers_all_see_everything()
    {
        var readers = Enumerable.Range(0, 3).Select(_ => _broadcast.Subscribe(_stop.Token)).ToList();
        _broadcast.Publish(1);
        _broadcast.Publish(2);
        foreach (var reader in readers)
        {
            (await TakeAsync(reader, 2)).ShouldBe([1, 2]);
        }
    }

    [Fact]
    public async Task Reader_that_is_cancelled_ends_with_that()
    {
        var reader = _broadcast.Subscribe(_stop.Token);
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => TakeAsync(reader, 1));
        _broadcast.Publish(1);
    }

    [Fact]
    public async Task Reader_cancelled_before_it_began_ends_with_that()
    {
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => TakeAsync(_broadcast.Subscribe(_stop.Token), 1));
    }

    [Fact]
    public async Task Reader_that_falls_behind_by_the_whole_bound_gets_an_error_and_others_go_on()
    {
        var slow = _broadcast.Subscribe(_stop.Token);
        for (var i = 0; i < 100_000; i++)
        {
            _broadcast.Publish(i);
        }

        var quick = _broadcast.Subscribe(_stop.Token);
        _broadcast.Publish(-1);
        var seen = 0;
        var error = await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (var _ in slow)
            {
                seen++;
            }
        });
        (seen, error.Message).ShouldBe((100_000, "The reader fell behind by 100000 values."));
        (await TakeAsync(quick, 1)).ShouldBe([-1]);
    }

    public void Dispose() => _stop.Dispose();

    private static async Task<List<int>> TakeAsync(IAsyncEnumerable<int> reader, int count)
    {
        var taken = new List<int>();
        await foreach (var value in reader)
        {
            taken.Add(value);
            if (taken.Count == count)
            {
                break;
            }
        }

        return taken;
    }
}
