using Workbench.Composition;
using Workbench.Logging;
using Workbench.Simulator.Server;
using Workbench.Simulator.Server.Control;

namespace Workbench.Cli;

/// <summary><c>workbench sim</c>: the simulator alone, until Ctrl-C.</summary>
internal sealed class SimCommand(Terminal terminal)
{
    /// <summary>What the command line says about the simulator.</summary>
    public sealed record Wishes(string? Venues, int Symbols, long? Seed, string? Tape)
    {
        /// <summary>A file of faults, or <c>random</c>.</summary>
        public string? Faults { get; init; }

        public long? FaultSeed { get; init; }

        /// <summary>The control port; 0 takes a free one, null opens none.</summary>
        public int? Control { get; init; }
    }

    public async Task<int> RunAsync(string configPath, Wishes wishes)
    {
        var config = ConfigurationFile.Read(configPath);
        using var signals = new StopSignals();
        await using var logging = LoggingSetup.Start(config.Logging, terminal.IsVerbose);
        terminal.Notice(logging.Problem);
        var source = wishes.Faults ?? config.Simulator.Faults;
        var schedule = source is null or FaultSchedules.Random ? null : FaultSchedules.Read(source);
        var options = Apply(SimulatorSettings.From(config.Simulator), wishes);
        options = options with { FaultSeed = wishes.FaultSeed ?? schedule?.Seed ?? options.FaultSeed };
        await using var simulator = await SimulatorHost.StartAsync(options, TimeProvider.System, logging.Factory, signals.Token).ConfigureAwait(false);
        foreach (var venue in simulator.Venues.Values)
        {
            terminal.Output.WriteLine($"{venue.Name} ({venue.Dialect})");
            foreach (var (name, address) in venue.Addresses)
            {
                terminal.Output.WriteLine($"  {name,-12} {address}");
            }

            terminal.Output.WriteLine($"  {"api key",-12} {venue.ApiKey}");
            terminal.Output.WriteLine($"  {"api secret",-12} {venue.ApiSecret}");
        }

        if (source is not null)
        {
            var plans = schedule?.Plans ?? FaultSchedules.MakeUp(simulator, options.FaultSeed);
            FaultSchedules.Begin(simulator, plans, source);
            terminal.Output.WriteLine(FormattableString.Invariant($"{plans.Count} faults of {source}, fault seed {options.FaultSeed}"));
        }

        await using var control = wishes.Control is { } port ? await ControlServer.StartAsync(simulator, port, signals.Token).ConfigureAwait(false) : null;
        if (control is not null)
        {
            terminal.Output.WriteLine($"{"control",-14} {control.Address}");
        }

        terminal.Output.WriteLine("Ctrl-C stops it.");
        await terminal.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, signals.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCodes.Ok;
    }

    private static SimulatorOptions Apply(SimulatorOptions options, Wishes wishes)
    {
        var venues = wishes.Venues is { } names
            ? [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(n => options.Venues.FirstOrDefault(v => v.Name == n) ?? new VenueOptions { Name = n, Dialect = n })]
            : options.Venues;
        return options with
        {
            Seed = wishes.Seed ?? options.Seed,
            Venues = [.. venues.Select((v, i) => v with
            {
                SymbolCount = wishes.Symbols > 0 ? wishes.Symbols : v.SymbolCount,
                TapePath = i == 0 && wishes.Tape is { } tape ? tape : v.TapePath,
            })],
        };
    }
}
