using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Workbench.Configuration;

namespace Workbench.Logging;

/// <summary>Composes the log: clock → ring, file (in the background), console (in the background).</summary>
internal static class LoggingSetup
{
    private const int FileQueue = 20_000;
    private const int ConsoleQueue = 2_000;

    /// <summary>Starts logging to the file, the ring and standard error.</summary>
    public static WorkbenchLog Start(LoggingConfig config, bool verbose) => Start(config, ConsoleTarget.StandardError(verbose), TimeProvider.System);

    /// <summary>Starts logging; a file that cannot be written is a problem in the result, not an exception.</summary>
    /// <param name="config">Levels and places.</param>
    /// <param name="console">Where readable lines go; null when a terminal interface owns the screen.</param>
    /// <param name="time">The clock.</param>
    public static WorkbenchLog Start(LoggingConfig config, ConsoleTarget? console, TimeProvider time)
    {
        var ring = new LogRing();
        var targets = new List<ILogEventSink> { ring };
        var backgrounds = new List<BackgroundSink>();
        var problem = PrepareDirectory(config.File.Directory);
        if (problem is null)
        {
            backgrounds.Add(new BackgroundSink(FileLogger(config.File), FileQueue));
        }

        if (console is not null)
        {
            backgrounds.Add(new BackgroundSink(new ConsoleTextSink(console.Writer, console.UseColour, console.Verbose, time.LocalTimeZone, LevelOf(config.Console.Level)), ConsoleQueue));
        }

        targets.AddRange(backgrounds);
        var level = new LoggingLevelSwitch(LevelOf(config.Level));
        var logger = new LoggerConfiguration()
            .MinimumLevel.ControlledBy(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning) // The simulator's web server would write every request down.
            .Enrich.With(new EventNameEnricher())
            .WriteTo.Sink(new ClockSink(time, [.. targets]))
            .CreateLogger();
        return new WorkbenchLog(logger, level, ring, backgrounds, problem);
    }

    public static LogEventLevel LevelOf(LogSeverity severity) => (LogEventLevel)(int)severity; // The two count alike.

    private static Logger FileLogger(LogFileConfig config) => new LoggerConfiguration()
        .MinimumLevel.Verbose()
        .WriteTo.File(
            new CompactJsonFormatter(),
            Path.Combine(config.Directory, "workbench-.jsonl"),
            rollingInterval: config.Roll == LogRoll.Hour ? RollingInterval.Hour : RollingInterval.Day,
            fileSizeLimitBytes: config.MaxSizeBytes,
            rollOnFileSizeLimit: true,
            retainedFileCountLimit: config.Retain,
            shared: true) // Two hosts on one folder append whole lines instead of losing one another's.
        .CreateLogger();

    private static string? PrepareDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            var probe = Path.Combine(directory, ".probe");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"no log file: {directory} cannot be written ({e.Message.TrimEnd('.')}); check its permissions, or give another logging.file.directory";
        }
    }
}
