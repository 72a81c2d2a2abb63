using Serilog.Core;
using Serilog.Events;

namespace Workbench.Logging;

/// <summary>Stamps events with the host's clock instead of the machine's, in UTC, and hands them on.</summary>
internal sealed class ClockSink(TimeProvider time, params ILogEventSink[] targets) : ILogEventSink
{
    public void Emit(LogEvent logEvent)
    {
        var stamped = new LogEvent(
            time.GetUtcNow(),
            logEvent.Level,
            logEvent.Exception,
            logEvent.MessageTemplate,
            logEvent.Properties.Select(p => new LogEventProperty(p.Key, p.Value)));
        foreach (var target in targets)
        {
            target.Emit(stamped);
        }
    }
}
