using Workbench.Control;

namespace Workbench.Cli;

/// <summary>A command line that asks the running host: prints what it says, and turns how it went into an exit code.</summary>
internal static class HostCall
{
    /// <summary>Asks, prints, and reports.</summary>
    /// <returns><see cref="ExitCodes.Ok"/>, <see cref="ExitCodes.Failed"/> when the host refused, <see cref="ExitCodes.NoHost"/> when none runs.</returns>
    public static int Run(Terminal terminal, string dataFolder, ControlRequest request) => Report(terminal, Ask(terminal, dataFolder, request));

    /// <summary>Asks and prints what comes before the end.</summary>
    public static ControlAnswer Ask(Terminal terminal, string dataFolder, ControlRequest request) => ControlClient.Ask(dataFolder, request, terminal.Output.WriteLine);

    /// <summary>Prints how it ended.</summary>
    /// <returns>The exit code for it.</returns>
    public static int Report(Terminal terminal, ControlAnswer answer)
    {
        switch (answer)
        {
            case ControlAnswer.Ended { IsOk: true } done:
                if (done.Message.Length > 0)
                {
                    terminal.Output.WriteLine(done.Message);
                }

                return ExitCodes.Ok;
            case ControlAnswer.Ended refused:
                terminal.Error(refused.Message);
                return ExitCodes.Failed;
            case ControlAnswer.NoHost nobody:
                terminal.Error(nobody.Message);
                return ExitCodes.NoHost;
            default:
                throw new InvalidOperationException(answer.ToString());
        }
    }
}
