using System.Diagnostics;
using System.Globalization;

namespace Workbench.Benchmarks.Simulator;

/// <summary>A running <c>workbench sim</c> with two venues, started from the build beside this program.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    private readonly Process _process;
    private bool _isStopped;

    private SimulatorProcess(Process process, TimeSpan started, IReadOnlyList<string> announced)
    {
        _process = process;
        Started = started;
        Announced = announced;
    }

    /// <summary>What it printed: the name of each venue, and below it its addresses and keys.</summary>
    public IReadOnlyList<string> Announced { get; }

    /// <summary>From the start of the process to the last line it prints before it serves.</summary>
    public TimeSpan Started { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static async Task<SimulatorProcess> StartAsync(int symbols)
    {
        var program = Path.Combine(Repository.Root, "host/Workbench/bin/Release/net10.0/workbench.dll");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                program, "sim", "--venues", "binance,bybit", "--symbols", symbols.ToString(CultureInfo.InvariantCulture), "--seed", "7",
                "--config", Path.Combine(Repository.Root, "workbench.yaml"),
            },
        };
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start) ?? throw new InvalidOperationException("workbench sim did not start.");
        var announced = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Ctrl-C", StringComparison.Ordinal))
            {
                return new SimulatorProcess(process, clock.Elapsed, announced);
            }

            announced.Add(line);
        }

        throw new InvalidOperationException("workbench sim ended before it served.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        using var stop = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await stop.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
