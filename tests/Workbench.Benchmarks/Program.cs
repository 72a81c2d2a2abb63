using BenchmarkDotNet.Running;
using Workbench.Benchmarks;
using Workbench.Benchmarks.Orders;

if (args is ["orders", .. var options])
{
    return await OrderPath.RunAsync(options);
}

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSettings).Assembly).Run(args, new BenchmarkSettings());
return 0;
