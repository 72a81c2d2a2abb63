namespace Workbench.Configuration.Schema;

/// <summary>What became of a text: a value, or a problem that goes on from the quoted text ("... is not a duration").</summary>
internal readonly record struct Parsed<T>(T Value, string? Problem, string? Suggestion)
{
    public static Parsed<T> Ok(T value) => new(value, null, null);

    public static Parsed<T> Bad(string problem, string? suggestion = null) => new(default!, problem, suggestion);
}
