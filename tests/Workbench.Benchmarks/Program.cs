using BenchmarkDotNet.Running;
using Workbench.Benchmarks;
using Workbench.Benchmarks.Orders;
using Workbench.Benchmarks.Simulator;

if (args is ["orders", .. var options])
{
    return await OrderPath.RunAsync(options);
}

if (args is ["simulator", .. var load])
{
    return await SimulatorLoad.RunAsync(load);
}

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSettings).Assembly).Run(args, new BenchmarkSettings());
return 0;
