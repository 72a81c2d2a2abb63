using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Core.Pipeline;

namespace Workbench.Core.Tests.Pipeline;

public sealed class PipelineRunnerTests
{
    [Fact]
    public async Task Runner_whose_stage_throws_stops_and_tells_also_those_who_ask_later()
    {
        var journal = ((JournalOpening.Ready)OrderJournal.Open(new MemoryJournalStorage())).Journal;
        var inbox = new PipelineInbox();
        using var runner = new PipelineRunner(
            inbox, StagePipeline.StartingWith(new Throwing()), new ExecutionLedger(new ExecutionCore(), journal, durable: false), static _ => { }, NullLogger.Instance);
        runner.Failed.IsCompleted.ShouldBeFalse();
        inbox.Post(new TimePassed(Some.Now));
        runner.Start();
        await runner.Failed.WaitAsync(TimeSpan.FromSeconds(30));
        runner.Failure.ShouldBeOfType<IOException>().Message.ShouldBe("the disk is full");
        runner.Failed.IsCompletedSuccessfully.ShouldBeTrue();
    }

    private sealed class Throwing : IStage
    {
        public string Name => "throwing";

        public bool Process(WorkbenchMessage message, IStageOutput output) => throw new IOException("the disk is full");
    }
}
