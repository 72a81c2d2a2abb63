using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace Workbench.Logging;

/// <summary>Readable lines for a person: time, level, message. Colour only where somebody sees it.</summary>
internal sealed class ConsoleTextSink(TextWriter writer, bool useColour, bool verbose, TimeZoneInfo zone, LogEventLevel least) : ILogEventSink
{
    private const string Reset = "\u001b[0m";

    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level < least)
        {
            return;
        }

        var line = LogLines.From(logEvent);
        var time = TimeZoneInfo.ConvertTime(logEvent.Timestamp, zone).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var (word, colour) = Level(logEvent.Level);
        writer.WriteLine(useColour ? $"{time} {colour}{word}{Reset} {line.Text}" : $"{time} {word} {line.Text}");
        if (verbose && logEvent.Exception is { } exception)
        {
            foreach (var frame in exception.ToString().Split('\n'))
            {
                writer.WriteLine($"    {LogText.Escape(frame.TrimEnd('\r'))}");
            }
        }
    }

    private static (string Word, string Colour) Level(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => ("TRACE", "\u001b[90m"),
        LogEventLevel.Debug => ("DEBUG", "\u001b[90m"),
        LogEventLevel.Information => ("INFO ", "\u001b[36m"),
        LogEventLevel.Warning => ("WARN ", "\u001b[33m"),
        LogEventLevel.Error => ("ERROR", "\u001b[31m"),
        _ => ("FATAL", "\u001b[41m"),
    };
}
