using BenchmarkDotNet.Running;
using Workbench.Benchmarks;
using Workbench.Benchmarks.Orders;
using Workbench.Benchmarks.Simulator;
using Workbench.Benchmarks.Soak;

if (args is ["orders", .. var options])
{
    return await OrderPath.RunAsync(options);
}

if (args is ["simulator", .. var load])
{
    return await SimulatorLoad.RunAsync(load);
}

if (args is ["soak", .. var length])
{
    return await SoakRun.RunAsync(length);
}

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSettings).Assembly).Run(args, new BenchmarkSettings());
return 0;
