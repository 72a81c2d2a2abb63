using System.Threading.Channels;
using Serilog.Core;
using Serilog.Events;

namespace Workbench.Logging;

/// <summary>
/// Writes on a task of its own, so that a slow disk or a stopped terminal never holds a trading thread. The queue is bounded; what
/// does not fit is dropped and counted.
/// </summary>
internal sealed class BackgroundSink : ILogEventSink, IAsyncDisposable
{
    private readonly ILogEventSink _target;
    private readonly Channel<LogEvent> _queue;
    private readonly Task _writing;
    private long _dropped;
    private long _failed;

    public BackgroundSink(ILogEventSink target, int capacity)
    {
        _target = target;
        _queue = Channel.CreateBounded<LogEvent>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Lines that found the queue full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Lines that the target refused.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    public void Emit(LogEvent logEvent)
    {
        if (!_queue.Writer.TryWrite(logEvent))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Writes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        (_target as IDisposable)?.Dispose();
    }

    private async Task WriteAsync()
    {
        await foreach (var logEvent in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                _target.Emit(logEvent);
            }
#pragma warning disable CA1031 // boundary: log target. A full disk or a closed terminal must not end logging, let alone the host.
            catch (Exception)
#pragma warning restore CA1031
            {
                Interlocked.Increment(ref _failed);
            }
        }
    }
}
