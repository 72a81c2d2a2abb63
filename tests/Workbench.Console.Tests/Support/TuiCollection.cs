namespace Workbench.Tui.Tests.Support;

/// <summary>One at a time: a few settings of Terminal.Gui are process-wide.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TuiCollection
{
    public const string Name = "tui";
}
