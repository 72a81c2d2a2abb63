using System.CommandLine;
using Workbench.Control;
using Workbench.Core.Risk.Kill;
using Workbench.Sdk;

namespace Workbench.Cli;

/// <summary><c>workbench kill</c>: engages the kill switch of the running host, or of the next start when none runs.</summary>
internal static class KillCommandLine
{
    public static Command Build(Func<ParseResult, Func<Terminal, string, int>, Task<int>> run)
    {
        var pause = new Option<bool>("--pause") { Description = "Keep new orders back; what is open stays. This is what happens without an option." };
        var cancel = new Option<bool>("--cancel") { Description = "Cancel every open order, too, until the venues say that none is open." };
        var flatten = new Option<bool>("--flatten") { Description = "Then close every position at the market; needs --arm." };
        var arm = new Option<bool>("--arm") { Description = "Confirms --flatten." };
        var reason = new Option<string?>("--reason") { Description = "Why, for the journal." };
        var command = new Command("kill", "Stop trading: no new orders, until 'kill clear'. Survives restarts.") { pause, cancel, flatten, arm, reason };
        command.SetAction((parsed, _) => run(parsed, (terminal, folder) =>
        {
            var level = parsed.GetValue(flatten) ? KillLevel.Flatten : parsed.GetValue(cancel) ? KillLevel.CancelAll : KillLevel.PauseNew;
            return level == KillLevel.Flatten && !parsed.GetValue(arm) ? NotArmed(terminal)
                : parsed.GetValue(arm) && level != KillLevel.Flatten ? throw new UserErrorException("--arm belongs to --flatten")
                : Engage(terminal, folder, level, parsed.GetValue(reason));
        }));
        command.Add(Simple("clear", "Let orders go again. Only a person does this.", run, Clear));
        command.Add(Simple("status", "Say whether it is engaged, by whom, and what is still open.", run, Status));
        return command;
    }

    private static Command Simple(string name, string description, Func<ParseResult, Func<Terminal, string, int>, Task<int>> run, Func<Terminal, string, int> act)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, _) => run(parsed, act));
        return command;
    }

    private static int NotArmed(Terminal terminal)
    {
        terminal.Error("--flatten sells and buys every position at the market, whatever the price. Nothing was done: say --flatten --arm to do it, or --cancel to stop short of it");
        return ExitCodes.Usage;
    }

    private static int Engage(Terminal terminal, string folder, KillLevel level, string? reason)
    {
        var answer = HostCall.Ask(terminal, folder, Request(("do", "engage"), ("level", KillSwitch.Name(level)), ("arm", level == KillLevel.Flatten ? "yes" : "no"), ("reason", reason ?? "")));
        if (answer is not ControlAnswer.NoHost nobody)
        {
            return HostCall.Report(terminal, answer);
        }

        var file = new KillFile(folder);
        var kept = level == KillLevel.Flatten ? KillLevel.CancelAll : level;
        if (file.Write(kept, $"command line: {reason ?? "asked for while nothing ran"}") is { } problem)
        {
            terminal.Error($"{nobody.Message}, and {file.Path} could not be written: {problem}. Nothing was done");
            return ExitCodes.Failed;
        }

        terminal.Output.WriteLine($"{nobody.Message}. The next start begins killed ({KillSwitch.Name(kept)}): {file.Path}");
        if (level == KillLevel.Flatten)
        {
            terminal.Error("positions are closed only by a workbench that runs: start it, then say kill --flatten --arm again");
        }

        return ExitCodes.Ok;
    }

    private static int Clear(Terminal terminal, string folder)
    {
        var answer = HostCall.Ask(terminal, folder, Request(("do", "clear")));
        if (answer is not ControlAnswer.NoHost)
        {
            return HostCall.Report(terminal, answer);
        }

        var file = new KillFile(folder);
        terminal.Error($"no workbench runs there, and only a running one can clear its journal: start it, then say kill clear{(file.Read() is null ? "" : $". {file.Path} stays")}");
        return ExitCodes.NoHost;
    }

    private static int Status(Terminal terminal, string folder)
    {
        var answer = HostCall.Ask(terminal, folder, Request(("do", "status")));
        if (answer is not ControlAnswer.NoHost nobody)
        {
            return HostCall.Report(terminal, answer);
        }

        terminal.Error(nobody.Message + (new KillFile(folder).Read() is { } asked ? $"; its next start begins killed ({KillSwitch.Name(asked.Level)}, {asked.Why})" : "; whether its journal holds the kill switch is known when it runs"));
        return ExitCodes.NoHost;
    }

    private static ControlRequest Request(params (string Name, string Value)[] args) => new("kill", args.ToDictionary(a => a.Name, a => a.Value));
}
