namespace Workbench.Core.Pipeline;

/// <summary>Stages in order. What a stage emits continues at the stage after it, so nothing can skip a gate or go back.</summary>
internal sealed class StagePipeline
{
    private readonly List<IStage> _stages = [];
    private Output[] _outputs = [];

    /// <summary>The names of the stages, in order.</summary>
    public IReadOnlyList<string> StageNames => [.. _stages.Select(s => s.Name)];

    public static StagePipeline StartingWith(IStage stage) => new StagePipeline().Then(stage);

    public StagePipeline Then(IStage stage)
    {
        _stages.Add(stage);
        _outputs = [.. _stages.Select((_, i) => new Output(this, i + 1))];
        return this;
    }

    /// <summary>Runs one message through all stages.</summary>
    public void Process(WorkbenchMessage message) => Run(message, 0);

    private void Run(WorkbenchMessage message, int from)
    {
        for (var i = from; i < _stages.Count; i++)
        {
            if (!_stages[i].Process(message, _outputs[i]))
            {
                return;
            }
        }
    }

    private sealed class Output(StagePipeline pipeline, int next) : IStageOutput
    {
        public void Emit(WorkbenchMessage message) => pipeline.Run(message, next);
    }
}
