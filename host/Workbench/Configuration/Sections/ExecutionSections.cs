using Workbench.Configuration.Schema;

namespace Workbench.Configuration.Sections;

/// <summary>The keys of <c>execution</c>.</summary>
internal static class ExecutionSections
{
    private static readonly Key<int> MaxAttempts = Key.WithDefault("max_attempts", Scalars.Whole(1, 8), "2", "How many times one order may be sent, each time only after proof that the last send came to nothing.");

    public static readonly SectionShape<ExecutionConfig> Execution = new([MaxAttempts], s => new ExecutionConfig { MaxAttempts = s.Get(MaxAttempts) });
}
