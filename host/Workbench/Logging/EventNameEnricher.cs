using Serilog.Core;
using Serilog.Events;

namespace Workbench.Logging;

/// <summary>Gives every event its name as the property <c>event</c>, so that one filter finds it; an error that nobody named is a <c>system_error</c>.</summary>
internal sealed class EventNameEnricher : ILogEventEnricher
{
    public const string Property = "event";

    private const string EventId = "EventId";
    private static readonly LogEventProperty SystemError = new(Property, new ScalarValue("system_error"));

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        var name = NameOf(logEvent);
        logEvent.RemovePropertyIfPresent(EventId);
        if (name is not null)
        {
            logEvent.AddOrUpdateProperty(new LogEventProperty(Property, name));
        }
        else if (logEvent.Level >= LogEventLevel.Error)
        {
            logEvent.AddPropertyIfAbsent(SystemError);
        }
    }

    private static LogEventPropertyValue? NameOf(LogEvent logEvent)
    {
        if (!logEvent.Properties.TryGetValue(EventId, out var id) || id is not StructureValue structure)
        {
            return null;
        }

        foreach (var property in structure.Properties)
        {
            if (property.Name == "Name")
            {
                return property.Value;
            }
        }

        return null;
    }
}
