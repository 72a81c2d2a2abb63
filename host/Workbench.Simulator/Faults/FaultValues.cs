namespace Workbench.Simulator.Faults;

/// <summary>The options of one injection, read and checked.</summary>
internal sealed class FaultValues
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    private FaultValues(IReadOnlyList<KeyValuePair<string, string>> written) => Written = written;

    /// <summary>As they were given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Written { get; }

    /// <exception cref="FaultException">An option is unknown or its value is out of range.</exception>
    public static FaultValues Read(FaultDefinition fault, IEnumerable<KeyValuePair<string, string>> written)
    {
        var values = new FaultValues([.. written]);
        foreach (var (name, text) in values.Written)
        {
            if (Problem(fault, name, text, out var value) is { } problem)
            {
                throw new FaultException(problem);
            }

            values._values[name] = value;
        }

        return values;
    }

    /// <summary>What is wrong with an option, in words; null when it is right.</summary>
    public static string? Problem(FaultDefinition fault, string name, string text, out object? value)
    {
        value = null;
        if (fault.Options.FirstOrDefault(o => o.Name == name) is not { } option)
        {
            return $"Fault '{fault.Name}' has no option '{name}'{Nearest.Hint(name, [.. fault.Options.Select(o => o.Name)])}";
        }

        return option.TryRead(text, out value)
            ? null
            : $"Fault '{fault.Name}': {name} '{text}' is not a {option.Type}{(option.Range is { } range ? $" ({range})" : "")}.";
    }

    public T Get<T>(FaultOption<T> option) => _values.TryGetValue(option.Name, out var value) ? (T)value! : option.Fallback;

    public bool Has(FaultOption option) => _values.ContainsKey(option.Name);
}
