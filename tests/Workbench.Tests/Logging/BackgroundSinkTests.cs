using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;
using Workbench.Logging;

namespace Workbench.Tests.Logging;

public sealed class BackgroundSinkTests
{
    [Fact]
    public async Task P30_Log_target_that_blocks_holds_nobody_and_what_does_not_fit_is_counted()
    {
        using var target = new BlockingTarget();
        await using var sink = new BackgroundSink(target, capacity: 10);
        sink.Emit(Line());
        await target.Entered.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken);
        for (var i = 0; i < 1000; i++)
        {
            sink.Emit(Line());
        }

        sink.Dropped.ShouldBe(990);
        target.Release.Set();
    }

    private static LogEvent Line() => new(DateTimeOffset.UnixEpoch, LogEventLevel.Error, null, new MessageTemplate("x", [new TextToken("x")]), []);

    private sealed class BlockingTarget : ILogEventSink, IDisposable
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Release { get; } = new();

        public void Emit(LogEvent logEvent)
        {
            Entered.TrySetResult();
            Release.Wait();
        }

        public void Dispose() => Release.Dispose();
    }
}
