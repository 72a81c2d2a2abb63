namespace Workbench.Scripting;

/// <summary>An exception of a script, copied to text: the exception itself would keep the script's code in memory.</summary>
public sealed record ScriptFailure
{
    /// <summary>What went wrong, with the messages of inner exceptions.</summary>
    public required string Message { get; init; }

    /// <summary>The full name of the exception's type.</summary>
    public required string ExceptionType { get; init; }

    /// <summary>The file of the innermost frame that belongs to the script; null when there is none.</summary>
    public string? File { get; init; }

    /// <summary>The line in that file, from 1; zero when it is not known.</summary>
    public int Line { get; init; }

    /// <summary>The column, from 1, where the debug information has it.</summary>
    public int? Column { get; init; }

    /// <summary>The frames that belong to the script, innermost first.</summary>
    public IReadOnlyList<ScriptFrame> Frames { get; init; } = [];

    /// <summary>Everything the runtime says, for <c>--verbose</c>.</summary>
    public required string Details { get; init; }

    /// <summary>Place, type, message and the script's frames.</summary>
    public override string ToString()
    {
        var place = new ScriptFrame("", File ?? "", Line, Column).Place;
        var head = File is null ? $"{ExceptionType}: {Message}" : $"{place}: {ExceptionType}: {Message}";
        return string.Join(Environment.NewLine, Frames.Skip(1).Select(f => $"  called from {f}").Prepend(head));
    }
}

/// <summary>One frame of a script's stack.</summary>
public sealed record ScriptFrame(string Method, string File, int Line, int? Column)
{
    /// <summary>Such as <c>a.csx(3,5)</c>.</summary>
    public string Place => Column is { } column ? $"{File}({Line},{column})" : $"{File}({Line})";

    /// <inheritdoc />
    public override string ToString() => $"{Method} {Place}";
}
