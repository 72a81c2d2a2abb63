using Workbench.Core.Pipeline;

namespace Workbench.Core.Tests;

/// <summary>Keeps what a stage hands on.</summary>
internal sealed class Collected : IStageOutput
{
    public List<WorkbenchMessage> Messages { get; } = [];

    public void Emit(WorkbenchMessage message) => Messages.Add(message);
}
