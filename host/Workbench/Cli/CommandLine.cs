using System.CommandLine;
using Workbench.Control;
using Workbench.Simulator.Server;

namespace Workbench.Cli;

/// <summary>The <c>workbench</c> command: its grammar, and the one place where failures become messages and exit codes.</summary>
internal static class CommandLine
{
    private static readonly Option<string> Config = new("--config") { Description = "The configuration file.", DefaultValueFactory = _ => "workbench.yaml", Recursive = true };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show timings, and stack traces of errors.", Recursive = true };

    public static async Task<int> RunAsync(string[] args)
    {
        var result = Build().Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                await Console.Error.WriteLineAsync($"workbench: {error.Message}").ConfigureAwait(false);
            }

            await Console.Error.WriteLineAsync("workbench: run 'workbench --help' to see what can be run").ConfigureAwait(false);
            return ExitCodes.Usage;
        }

        return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }).ConfigureAwait(false);
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("Workbench: a trading workbench. Without a command it opens the console.") { Config, Verbose, RunCommandLine(), SimCommandLine(), CheckCommandLine(), StatusCommandLine(), KillCommandLine.Build(WithFolder), JournalCommandLine.Build(Simply, Config), JournalCommandLine.Why(Simply, Config) };
        root.SetAction((parsed, _) => GuardAsync(parsed, terminal => new ConsoleCommand(terminal).RunAsync(parsed.GetRequiredValue(Config))));
        return root;
    }

    private static Command RunCommandLine()
    {
        var file = new Argument<string>("file") { Description = "The script, such as scripts/quickstart.csx." };
        var set = new Option<string[]>("--set") { Description = "An argument for the script: name=value. May be given again.", DefaultValueFactory = _ => [] };
        var limit = new Option<string?>("--for") { Description = "Stop the script after this long, such as 30s, 5m or 1h." };
        var command = new Command("run", "Compile a C# script and run it.") { file, set, limit };
        command.SetAction((parsed, _) => GuardAsync(parsed, terminal => new RunCommand(terminal).RunAsync(
            parsed.GetRequiredValue(Config), parsed.GetRequiredValue(file), parsed.GetValue(set) ?? [], parsed.GetValue(limit))));
        return command;
    }

    private static Command SimCommandLine()
    {
        var venues = new Option<string?>("--venues") { Description = "Venues by dialect, such as binance,bybit; otherwise those of the configuration." };
        var symbols = new Option<int>("--symbols") { Description = "How many markets each venue lists.", DefaultValueFactory = _ => 0 };
        var seed = new Option<long?>("--seed") { Description = "The same seed gives the same prices." };
        var tape = new Option<string?>("--tape") { Description = "A recording to serve at the first venue instead of made-up prices." };
        var faults = new Option<string?>("--faults") { Description = "A file of faults to switch on, or random for a schedule made up from the fault seed." };
        var faultSeed = new Option<long?>("--fault-seed") { Description = "The same seed gives the same faults." };
        var control = new Option<int?>("--control") { Description = "Open a control port for faults on 127.0.0.1; without a number a free one.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("sim", "Run the simulator alone, for any client on this machine.") { venues, symbols, seed, tape, faults, faultSeed, control, RecordCommandLine() };
        command.SetAction((parsed, _) => GuardAsync(parsed, terminal => new SimCommand(terminal).RunAsync(
            parsed.GetRequiredValue(Config),
            new SimCommand.Wishes(parsed.GetValue(venues), parsed.GetValue(symbols), parsed.GetValue(seed), parsed.GetValue(tape))
            {
                Faults = parsed.GetValue(faults),
                FaultSeed = parsed.GetValue(faultSeed),
                Control = parsed.GetResult(control) is null ? null : parsed.GetValue(control) ?? 0,
            })));
        return command;
    }

    private static Command RecordCommandLine()
    {
        var from = new Option<string>("--from") { Description = "The connection to record, by its name in the configuration.", Required = true };
        var to = new Option<string>("--to") { Description = "The file to write: .jsonl or .jsonl.gz.", Required = true };
        var symbols = new Option<string?>("--symbols") { Description = "Markets such as BTC/USDT,ETH/USDT; otherwise those that the configuration names for the connection." };
        var limit = new Option<string?>("--for") { Description = "Stop after this long, such as 30s, 10m or 1h." };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there already." };
        var command = new Command("record", "Record a connection's public market data, to be played with --tape.") { from, to, symbols, limit, force };
        command.SetAction((parsed, _) => GuardAsync(parsed, terminal => new RecordCommand(terminal).RunAsync(
            parsed.GetRequiredValue(Config),
            new RecordCommand.Wishes(parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), parsed.GetValue(symbols), parsed.GetValue(limit), parsed.GetValue(force)))));
        return command;
    }

    private static Command StatusCommandLine()
    {
        var command = new Command("status", "Ask the running workbench how it is: connections, routes, open orders.");
        command.SetAction((parsed, _) => WithFolder(parsed, (terminal, folder) => HostCall.Run(terminal, folder, new ControlRequest("status", new Dictionary<string, string>()))));
        return command;
    }

    /// <summary>Runs a command that talks to the host of the configuration's data folder.</summary>
    private static Task<int> WithFolder(ParseResult parsed, Func<Terminal, string, int> run) =>
        GuardAsync(parsed, terminal => Task.FromResult(run(terminal, ConfigurationFile.Read(parsed.GetRequiredValue(Config)).Storage.Directory)));

    private static Task<int> Simply(ParseResult parsed, Func<Terminal, int> run) => GuardAsync(parsed, terminal => Task.FromResult(run(terminal)));

    private static Command CheckCommandLine()
    {
        var command = new Command("check", "Read the configuration, report everything wrong with it, and start nothing.");
        command.SetAction((parsed, _) => GuardAsync(parsed, terminal =>
        {
            var config = ConfigurationFile.Read(parsed.GetRequiredValue(Config));
            terminal.Output.WriteLine($"{config.File}: ok, {config.Connections.Count} connections, {config.Routes.Count} routes");
            return Task.FromResult(ExitCodes.Ok);
        }));
        return command;
    }

    private static async Task<int> GuardAsync(ParseResult parsed, Func<Terminal, Task<int>> run)
    {
        var terminal = new Terminal(Console.Out, Console.Error, parsed.GetValue(Verbose));
        try
        {
            return await run(terminal).ConfigureAwait(false);
        }
        catch (ConfigurationRefusedException e)
        {
            foreach (var error in e.Errors)
            {
                terminal.ErrorLine(error);
            }

            return ExitCodes.Usage;
        }
        catch (Exception e) when (e is UserErrorException or PortInUseException or TapeException or SimulatorOptionsException)
        {
            terminal.Error(e.Message);
            terminal.Verbose(e);
            return ExitCodes.Usage;
        }
#pragma warning disable CA1031 // boundary: process. Nobody gets a stack trace who did not ask for one.
        catch (Exception e)
#pragma warning restore CA1031
        {
            terminal.Error($"an unexpected error: {e.Message} (run again with --verbose for the whole of it)");
            terminal.Verbose(e);
            return ExitCodes.Failed;
        }
    }
}
