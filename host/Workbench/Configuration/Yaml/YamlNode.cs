namespace Workbench.Configuration.Yaml;

/// <summary>What the file says at one place. The hierarchy is closed.</summary>
internal abstract record YamlNode(YamlPosition Start);

/// <summary>A single value, still as written: variables are not replaced yet.</summary>
internal sealed record YamlScalar(YamlPosition Start, string Text, bool IsPlain) : YamlNode(Start)
{
    /// <summary>True for the ways YAML writes "no value": nothing, <c>~</c> and <c>null</c>, unquoted.</summary>
    public bool IsNull => IsPlain && (Text is "" or "~" or "null");
}

/// <summary>A list.</summary>
internal sealed record YamlList(YamlPosition Start, IReadOnlyList<YamlNode> Items) : YamlNode(Start);

/// <summary>A mapping in file order; of a duplicate key only the first is kept, the reader has reported the others.</summary>
internal sealed record YamlMap(YamlPosition Start, IReadOnlyList<YamlEntry> Entries) : YamlNode(Start);

/// <summary>Something the reader has refused and reported; whoever meets it stays silent.</summary>
internal sealed record YamlBroken(YamlPosition Start) : YamlNode(Start);

/// <summary>One key of a mapping with its value.</summary>
internal readonly record struct YamlEntry(string Key, YamlPosition KeyStart, YamlNode Value)
{
    /// <summary>Where an editor should jump for this entry: a single value itself, else the key above it.</summary>
    public YamlPosition Place => Value is YamlScalar { IsNull: false } ? Value.Start : KeyStart;
}
