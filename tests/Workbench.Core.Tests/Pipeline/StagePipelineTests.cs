using Workbench.Core.Pipeline;

namespace Workbench.Core.Tests.Pipeline;

public sealed class StagePipelineTests
{
    [Fact]
    public void Message_emitted_by_a_stage_continues_at_the_next_stage_only()
    {
        List<string> seen = [];
        var pipeline = StagePipeline
            .StartingWith(new Recorder("first", seen))
            .Then(new Recorder("second", seen) { Emits = new AnomalyFound("emitted") })
            .Then(new Recorder("third", seen));
        pipeline.Process(new TimePassed(Some.Now));
        seen.ShouldBe(["first TimePassed", "second TimePassed", "third AnomalyFound", "third TimePassed"]);
    }

    [Fact]
    public void Message_that_a_stage_keeps_goes_no_further()
    {
        List<string> seen = [];
        StagePipeline.StartingWith(new Recorder("first", seen) { Keeps = true }).Then(new Recorder("second", seen)).Process(new TimePassed(Some.Now));
        seen.ShouldBe(["first TimePassed"]);
    }

    private sealed class Recorder(string name, List<string> seen) : IStage
    {
        public WorkbenchMessage? Emits { get; init; }

        public bool Keeps { get; init; }

        public string Name => name;

        public bool Process(WorkbenchMessage message, IStageOutput output)
        {
            seen.Add($"{name} {message.GetType().Name}");
            if (Emits is { } emitted)
            {
                output.Emit(emitted);
            }

            return !Keeps;
        }
    }
}
