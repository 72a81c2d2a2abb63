using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog.Events;
using Serilog.Formatting.Display;
using Workbench.Sdk;

namespace Workbench.Logging;

/// <summary>Turns log events into lines.</summary>
internal static class LogLines
{
    // Texts as they are, without the quotes that Serilog puts around them.
    private static readonly MessageTemplateTextFormatter Message = new("{Message:l}", CultureInfo.InvariantCulture);

    public static LogLine From(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Message.Format(logEvent, text);
        if (logEvent.Exception is { } e)
        {
            text.Write($" ({e.GetType().Name}: {e.Message})");
        }

        return new LogLine(
            Timestamp.From(logEvent.Timestamp),
            LevelOf(logEvent.Level),
            LogText.Escape(TextOf(logEvent, Serilog.Core.Constants.SourceContextPropertyName) ?? ""),
            TextOf(logEvent, EventNameEnricher.Property),
            LogText.Escape(text.ToString()));
    }

    public static string? TextOf(LogEvent logEvent, string property) =>
        logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: string text } ? text : null;

    private static LogLevel LevelOf(LogEventLevel level) => (LogLevel)(int)level; // The two count alike.
}
