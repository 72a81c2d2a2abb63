using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Workbench.Core.Tests.Resilience;

/// <summary>A clock that tells which timers are set, so that a test moves it exactly when somebody waits.</summary>
internal sealed class TimersTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>Timers of this length bound something and are not waited for.</summary>
    public TimeSpan? Deadline { get; init; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != Deadline)
        {
            _timers.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>Moves from wait to wait until a task has ended.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!task.IsCompleted)
        {
            var timer = _timers.Reader.ReadAsync(limit.Token).AsTask();
            if (await Task.WhenAny(task, timer) == timer)
            {
                Advance(await timer);
            }
            else
            {
                await limit.CancelAsync();
            }
        }

        return await task;
    }
}
