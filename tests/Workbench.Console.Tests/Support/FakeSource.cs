using Workbench.Core.Views;

namespace Workbench.Tui.Tests.Support;

/// <summary>A source whose engine is what the test last said.</summary>
public sealed class FakeSource : IConsoleSource
{
    private readonly LogTail _log = new();

    public FakeSource()
    {
        Engine = Samples.Calm(Samples.Start);
        Write(LogSeverity.Information, "engine started: 2 connections, 1 route, 3 markets");
        Write(LogSeverity.Information, "binance connected in 84 ms");
        Write(LogSeverity.Warning, "bybit: clock offset 412 ms, corrected");
        Write(LogSeverity.Error, "order wb-7f3a-0006 rejected: InsufficientFunds -2010: Account has insufficient balance for requested action.");
        Write(LogSeverity.Debug, "probe binance 12 ms");
    }

    public EngineSnapshot Engine { get; set; }

    /// <summary>Thrown instead of an answer while set.</summary>
    public Exception? Failure { get; set; }

    public int Pulls { get; private set; }

    public string Environment { get; set; } = "SIM";

    public string Version => "0.1.0";

    public EngineSnapshot Snapshot()
    {
        Pulls++;
        return Failure is null ? Engine : throw Failure;
    }

    public ConsoleLog Log() => _log.Read();

    public void Write(LogSeverity severity, string text) => _log.Write(new LogLine(Engine.Now, severity, text));
}
