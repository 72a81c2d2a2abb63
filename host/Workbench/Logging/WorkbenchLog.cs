using Microsoft.Extensions.Logging;
using Serilog.Core;
using Serilog.Extensions.Logging;
using Workbench.Configuration;

namespace Workbench.Logging;

/// <summary>The running log. Disposal writes what waits.</summary>
internal sealed class WorkbenchLog : IAsyncDisposable
{
    private readonly Logger _logger;
    private readonly LoggingLevelSwitch _level;
    private readonly SerilogLoggerFactory _factory;
    private readonly IReadOnlyList<BackgroundSink> _backgrounds;

    public WorkbenchLog(Logger logger, LoggingLevelSwitch level, LogRing ring, IReadOnlyList<BackgroundSink> backgrounds, string? problem)
    {
        _logger = logger;
        _level = level;
        _backgrounds = backgrounds;
        _factory = new SerilogLoggerFactory(logger, dispose: false);
        Ring = ring;
        Problem = problem;
    }

    /// <summary>Makes loggers for the whole host.</summary>
    public ILoggerFactory Factory => _factory;

    /// <summary>The newest lines.</summary>
    public LogRing Ring { get; }

    /// <summary>Why there is no log file; null when there is one.</summary>
    public string? Problem { get; }

    /// <summary>Lines that were not written because too many came at once or their target refused them.</summary>
    public long Lost => _backgrounds.Sum(b => b.Dropped + b.Failed);

    /// <summary>Changes the least severity while running.</summary>
    public void SetLevel(LogSeverity severity) => _level.MinimumLevel = LoggingSetup.LevelOf(severity);

    public async ValueTask DisposeAsync()
    {
        _factory.Dispose();
        await _logger.DisposeAsync().ConfigureAwait(false);
        foreach (var background in _backgrounds)
        {
            await background.DisposeAsync().ConfigureAwait(false);
        }
    }
}
