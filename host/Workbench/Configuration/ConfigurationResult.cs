namespace Workbench.Configuration;

/// <summary>What a load gave: the whole configuration, or everything that is wrong with it.</summary>
internal abstract record ConfigurationResult
{
    private ConfigurationResult()
    {
    }

    /// <summary>The file was read to its end and every value is within its bounds.</summary>
    public sealed record Loaded(WorkbenchConfig Config) : ConfigurationResult;

    /// <summary>At least one error, sorted by line and column.</summary>
    public sealed record Refused(IReadOnlyList<ConfigurationError> Errors) : ConfigurationResult;
}
