using Microsoft.Extensions.Logging;
using Workbench.Configuration;
using Workbench.Core;
using Workbench.Core.Views;
using Workbench.Logging;
using Workbench.Sdk;
using Workbench.Tui;
using LogLine = Workbench.Tui.LogLine;
using LogSeverity = Workbench.Tui.LogSeverity;

namespace Workbench.Composition;

/// <summary>What the console shows of this host.</summary>
internal sealed class ConsoleSource(WorkbenchEngine engine, LogRing ring, TradingEnvironment environment) : IConsoleSource
{
    private volatile ConsoleLog _log = ConsoleLog.Empty;

    public string Environment => environment switch
    {
        TradingEnvironment.Simulation => "SIM",
        TradingEnvironment.Paper => "PAPER",
        TradingEnvironment.Testnet => "TESTNET",
        _ => "LIVE",
    };

    public string Version { get; } = SdkVersion.Current.ToString();

    public EngineSnapshot Snapshot() => engine.Snapshot();

    public ConsoleLog Log()
    {
        var version = ring.Version;
        if (_log.Version != version)
        {
            _log = new ConsoleLog(version, [.. ring.Snapshot().Select(l => new LogLine(l.At, Severity(l.Level), l.Text))]);
        }

        return _log;
    }

    private static LogSeverity Severity(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => LogSeverity.Debug,
        LogLevel.Information => LogSeverity.Information,
        LogLevel.Warning => LogSeverity.Warning,
        _ => LogSeverity.Error,
    };
}
