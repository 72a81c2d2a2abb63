// Every test has a host and venues of its own and spends its time waiting, so that several share a core.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All, MaxThreads = 4)]
