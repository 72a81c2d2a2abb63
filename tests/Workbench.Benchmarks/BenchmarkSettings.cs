using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Workbench.Benchmarks;

/// <summary>What all benchmarks share, whatever the command line adds.</summary>
internal sealed class BenchmarkSettings : ManualConfig
{
    public BenchmarkSettings()
    {
        Add(DefaultConfig.Instance);
        ArtifactsPath = Path.Combine(Repository.Root, ".artifacts", "benchmarks");
        AddDiagnoser(MemoryDiagnoser.Default);

        // In this process: the usual way builds a project of its own beside the others, which must not happen while somebody else builds.
        AddJob(new Job().WithToolchain(InProcessEmitToolchain.Instance).AsMutator());
    }
}
