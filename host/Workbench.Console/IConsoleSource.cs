using Workbench.Core.Views;

namespace Workbench.Tui;

/// <summary>What the console shows. The console pulls about 20 times a second on its own thread; every member answers at once and from any thread.</summary>
public interface IConsoleSource
{
    /// <summary>SIM, PAPER, TESTNET or LIVE; anything else is shown as loudly as LIVE.</summary>
    string Environment { get; }

    /// <summary>The version of the program.</summary>
    string Version { get; }

    /// <summary>The engine at this moment.</summary>
    EngineSnapshot Snapshot();

    /// <summary>The newest log lines; the same <see cref="ConsoleLog.Version"/> as before while there is nothing new.</summary>
    ConsoleLog Log();
}
