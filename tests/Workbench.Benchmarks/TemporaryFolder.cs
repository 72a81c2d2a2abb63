namespace Workbench.Benchmarks;

/// <summary>A folder below the system's one for temporary files, gone with this object.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("workbench-benchmarks-").FullName;

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
