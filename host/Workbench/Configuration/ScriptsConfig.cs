namespace Workbench.Configuration;

/// <summary>Where scripts are and how long one may run.</summary>
internal sealed record ScriptsConfig
{
    public required string Directory { get; init; }

    /// <summary>When a run is stopped unless <c>--for</c> says otherwise; zero is never.</summary>
    public required TimeSpan Timeout { get; init; }
}
