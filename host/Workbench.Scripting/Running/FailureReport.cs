using System.Diagnostics;
using System.Reflection;

namespace Workbench.Scripting.Running;

/// <summary>Copies an exception of a script to text.</summary>
internal static class FailureReport
{
    private const int MaxText = 16 * 1024;

    public static ScriptFailure Of(Exception exception, CompiledScript script)
    {
        var cause = Unwrap(exception);
        var frames = Chain(cause).Select(e => Frames(e, script)).FirstOrDefault(f => f.Count > 0) ?? [];
        var place = frames.Count > 0 ? frames[0] : null;
        return new ScriptFailure
        {
            Message = Message(cause),
            ExceptionType = cause.GetType().FullName ?? cause.GetType().Name,
            File = place?.File,
            Line = place?.Line ?? 0,
            Column = place?.Column,
            Frames = frames,
            Details = Bounded(Safely(exception.ToString)),
        };
    }

    // What the author threw, not what tasks and reflection wrapped around it.
    private static Exception Unwrap(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions.Count: 1 } aggregate => Unwrap(aggregate.InnerExceptions[0]),
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        TypeInitializationException { InnerException: { } inner } => Unwrap(inner),
        _ => exception,
    };

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            yield return e;
        }
    }

    private static string Message(Exception cause) =>
        Bounded(string.Join(" <- ", Chain(cause).Select(e => Safely(() => e.Message)).Distinct()));

    private static List<ScriptFrame> Frames(Exception exception, CompiledScript script)
    {
        var files = script.Inputs.Select(i => i.Path).ToHashSet(StringComparer.Ordinal);
        var frames = new List<ScriptFrame>();
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetFileName() is { } file && files.Contains(file) && frame.GetFileLineNumber() is > 0 and var line)
            {
                var column = frame.GetFileColumnNumber();
                frames.Add(new ScriptFrame(FrameName.Of(frame.GetMethod()), file, line, column > 0 ? script.Columns.Original(file, line, column) : null));
            }
        }

        return frames;
    }

    private static string Bounded(string text) => text.Length <= MaxText ? text : text[..MaxText] + "...";

    // The exception's class may be the script's own: its Message and ToString run the script's code.
    private static string Safely(Func<string> text)
    {
        try
        {
            return text() ?? "";
        }
#pragma warning disable CA1031 // boundary: script
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"(the exception's text could not be read: {e.GetType().Name})";
        }
    }
}
