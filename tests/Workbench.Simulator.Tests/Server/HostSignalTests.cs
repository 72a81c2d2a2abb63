using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Workbench.Simulator.Tests.Binance;
using Workbench.Simulator.Tests.Direct;

namespace Workbench.Simulator.Tests.Server;

public sealed class HostSignalTests
{
    [Fact]
    public async Task Signal_to_a_process_that_hosts_venues_is_left_to_the_process()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no POSIX signals here.");
        var wasTaken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

        // Handlers run in the reverse order of their registration: this one sees what the venues' would have done.
        using var mine = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            wasTaken.TrySetResult(context.Cancel);
            context.Cancel = true;
        });
        await using var simulator = await Simulators.StartAsync();

        using var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {Environment.ProcessId}")]);
        await kill.WaitForExitAsync();

        (await wasTaken.Task.WaitAsync(DirectBench.Patience)).ShouldBeFalse("a venue's web host has taken the signal for itself");
        using var client = new BinanceTestClient(simulator["binance"]);
        (await client.GetAsync("/api/v3/ping")).Status.ShouldBe(200);
    }
}
