namespace Workbench.Core.Pipeline;

/// <summary>One step of the pipeline. Called on the pipeline's thread only; it must be quick and never block.</summary>
internal interface IStage
{
    /// <summary>The name in code, logs, metrics and docs.</summary>
    string Name { get; }

    /// <summary>Handles one message. The message itself goes on to the next stage unless this returns false.</summary>
    bool Process(WorkbenchMessage message, IStageOutput output);
}

/// <summary>Where a stage's results go.</summary>
internal interface IStageOutput
{
    /// <summary>Hands a message on to the next stage; it can never go back.</summary>
    void Emit(WorkbenchMessage message);
}
