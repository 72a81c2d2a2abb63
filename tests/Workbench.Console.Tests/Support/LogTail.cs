namespace Workbench.Tui.Tests.Support;

/// <summary>Keeps the newest log lines for the fake source. Any thread writes; <see cref="Read"/> copies only when something was written since the last read.</summary>
/// <param name="capacity">Lines kept; greater than zero.</param>
internal sealed class LogTail(int capacity = 500)
{
    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = new(capacity);
    private long _version;
    private ConsoleLog _read = ConsoleLog.Empty;

    /// <summary>Adds a line; the oldest goes when there are too many.</summary>
    public void Write(LogLine line)
    {
        lock (_lock)
        {
            if (_lines.Count == capacity)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
            _version++;
        }
    }

    /// <summary>The lines kept at this moment; the same instance as before while nothing was written.</summary>
    public ConsoleLog Read()
    {
        lock (_lock)
        {
            return _read.Version == _version ? _read : _read = new ConsoleLog(_version, [.. _lines]);
        }
    }
}
