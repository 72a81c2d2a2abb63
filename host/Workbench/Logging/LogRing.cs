using Serilog.Core;
using Serilog.Events;

namespace Workbench.Logging;

/// <summary>The newest lines, for the console's log panel: look at <see cref="Version"/> and take a <see cref="Snapshot"/> when it has changed. Safe on any thread.</summary>
internal sealed class LogRing : ILogEventSink
{
    public const int Capacity = 1000;

    private readonly Lock _lock = new();
    private readonly LogLine[] _lines = new LogLine[Capacity];
    private long _version;
    private LogLine[] _snapshot = [];
    private long _snapshotVersion;

    /// <summary>Rises by one with every line.</summary>
    public long Version => Interlocked.Read(ref _version);

    public void Emit(LogEvent logEvent)
    {
        var line = LogLines.From(logEvent);
        lock (_lock)
        {
            _lines[_version % Capacity] = line;
            Interlocked.Increment(ref _version);
        }
    }

    /// <summary>The lines, oldest first. The same array while nothing has changed: do not write to it.</summary>
    public LogLine[] Snapshot()
    {
        lock (_lock)
        {
            if (_snapshotVersion != _version)
            {
                var count = (int)Math.Min(_version, Capacity);
                var lines = new LogLine[count];
                for (var i = 0; i < count; i++)
                {
                    lines[i] = _lines[(_version - count + i) % Capacity];
                }

                (_snapshot, _snapshotVersion) = (lines, _version);
            }

            return _snapshot;
        }
    }
}
