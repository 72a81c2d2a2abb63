namespace Workbench.Configuration.Schema;

/// <summary>A key of a section, as the listing and the search for the nearest name see it.</summary>
internal abstract class Key(string name)
{
    public string Name { get; } = name;

    public abstract IEnumerable<SchemaRow> Rows(string parent);

    /// <summary>A key the file must have.</summary>
    public static Key<T> Required<T>(string name, Shape<T> shape, string doc) =>
        new(name, shape, doc, null, isRequired: true, () => shape.Fallback);

    /// <summary>A key with a default, written as it would be written in the file.</summary>
    public static Key<T> WithDefault<T>(string name, Shape<T> shape, string defaultText, string doc) =>
        new(name, shape, doc, defaultText, isRequired: false, () => DefaultText.Read(name, shape, defaultText));

    /// <summary>A value that may be absent: left out, empty, or a variable that gives nothing.</summary>
    public static Key<T?> Optional<T>(string name, ScalarShape<T> shape, string doc)
        where T : class =>
        new(name, new OptionalShape<T>(shape), doc, null, isRequired: false, () => null);

    /// <summary>A credential, absent when its variable gives nothing.</summary>
    public static Key<SecretText?> Secret(string name, string doc) =>
        new(name, new SecretShape(), doc, null, isRequired: false, () => null);

    /// <summary>A section that means something by being there.</summary>
    public static Key<T?> Optional<T>(string name, SectionShape<T> shape, string doc)
        where T : class =>
        new(name, shape!, doc, null, isRequired: false, () => null);

    /// <summary>A section whose every key has a default.</summary>
    public static Key<T> Section<T>(string name, SectionShape<T> shape, string doc) =>
        new(name, shape, doc, null, isRequired: false, () => DefaultText.Read(name, shape, "{}"));
}

/// <summary>A key with the type of its value.</summary>
internal sealed class Key<T>(string name, Shape<T> shape, string doc, string? defaultText, bool isRequired, Func<T> fallback) : Key(name)
{
    private readonly Lazy<T> _default = new(fallback);

    public Shape<T> Shape { get; } = shape;

    public bool IsRequired { get; } = isRequired;

    /// <summary>What holds when the key is left out.</summary>
    public T Default => _default.Value;

    public override IEnumerable<SchemaRow> Rows(string parent)
    {
        var path = ConfigurationPath.Key(parent, Name);
        return Shape.Rows(path).Prepend(new SchemaRow(path, Shape.TypeName, defaultText, Shape.Range, IsRequired, doc));
    }
}
