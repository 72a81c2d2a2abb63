using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>What may stand as a value: its type in words, its bounds, and how it is read.</summary>
internal abstract class Shape<T>
{
    /// <summary>The type as the documentation names it.</summary>
    public abstract string TypeName { get; }

    /// <summary>Bounds or choices as the documentation names them; null where any value will do.</summary>
    public virtual string? Range => null;

    /// <summary>Stands in for a value that was refused, so that the rest of the file is still checked.</summary>
    public abstract T Fallback { get; }

    /// <summary>Reads the value; adds errors to the context and then gives <see cref="Fallback"/>.</summary>
    public abstract T Read(YamlNode node, string path, ReadContext context);

    /// <summary>The keys inside this value.</summary>
    public virtual IEnumerable<SchemaRow> Rows(string path) => [];
}
