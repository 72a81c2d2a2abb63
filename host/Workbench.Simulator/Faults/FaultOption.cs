using System.Globalization;

namespace Workbench.Simulator.Faults;

/// <summary>One option of a fault: what may be written and what holds when it is left out.</summary>
public abstract class FaultOption(string name, string type, string? range, string? defaultText, string description)
{
    /// <summary>As it is written, in kebab case.</summary>
    public string Name => name;

    /// <summary>The type in words.</summary>
    public string Type => type;

    /// <summary>Bounds or choices; null where any value of the type will do.</summary>
    public string? Range => range;

    /// <summary>What holds when it is left out, as it would be written; null when there is none.</summary>
    public string? Default => defaultText;

    /// <summary>One sentence.</summary>
    public string Description => description;

    internal static FaultOption<TimeSpan> Duration(string name, string min, string max, string fallback, string description)
    {
        var (least, most) = (FaultText.Duration(min)!.Value, FaultText.Duration(max)!.Value);
        return new(name, "duration", $"{min} to {max}", fallback, description, text => FaultText.Duration(text) is { } value && value >= least && value <= most
            ? (value, true)
            : default);
    }

    internal static FaultOption<TimeSpan?> OptionalDuration(string name, string min, string max, string description)
    {
        var (least, most) = (FaultText.Duration(min)!.Value, FaultText.Duration(max)!.Value);
        return new(name, "duration", $"{min} to {max}", null, description, text => FaultText.Duration(text) is { } value && value >= least && value <= most
            ? (value, true)
            : default);
    }

    internal static FaultOption<int?> Whole(string name, int min, int max, int? fallback, string description) => new(
        name,
        "whole number",
        string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"),
        fallback?.ToString(CultureInfo.InvariantCulture),
        description,
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? (value, true) : default);

    internal static FaultOption<decimal?> Number(string name, decimal min, decimal max, decimal? fallback, string description) => new(
        name,
        "number",
        string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"),
        fallback?.ToString(CultureInfo.InvariantCulture),
        description,
        text => FaultText.Number(text) is { } value && value >= min && value <= max ? (value, true) : default);

    internal static FaultOption<bool> Flag(string name, bool fallback, string description) => new(
        name, "flag", "true or false", fallback ? "true" : "false", description, text => text switch
        {
            "true" => (true, true),
            "false" => (false, true),
            _ => default,
        });

    internal static FaultOption<string?> Text(string name, string type, string? fallback, string description) =>
        new(name, type, null, fallback, description, text => (text, text.Length > 0));

    internal static FaultOption<string> OneOf(string name, string fallback, string description, params string[] choices) =>
        new(name, "choice", string.Join(", ", choices), fallback, description, text => (text, choices.Contains(text)));

    /// <summary>A set of names, written with commas between them.</summary>
    internal static FaultOption<T> Set<T>(string name, string fallback, string description, IReadOnlyDictionary<string, T> choices)
        where T : struct, Enum =>
        new(name, "list", string.Join(", ", choices.Keys), fallback, description, text => FaultText.Set(text, choices));

    /// <summary>Reads a text; false when it is not a value of this option.</summary>
    internal abstract bool TryRead(string text, out object? value);
}

/// <summary>An option with the type of its value.</summary>
internal sealed class FaultOption<T>(string name, string type, string? range, string? defaultText, string description, Func<string, (T Value, bool Ok)> read)
    : FaultOption(name, type, range, defaultText, description)
{
    private readonly T _fallback = defaultText is null ? default! : read(defaultText).Value;

    public T Fallback => _fallback;

    internal override bool TryRead(string text, out object? value)
    {
        var (read1, ok) = read(text);
        value = read1;
        return ok;
    }
}
