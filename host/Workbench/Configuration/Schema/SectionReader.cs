using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>Gives a section's values by key while its record is built.</summary>
internal sealed class SectionReader
{
    private readonly IReadOnlyList<Key> _keys;
    private readonly YamlMap? _map;
    private readonly string _path;
    private readonly ReadContext? _context;
    private readonly HashSet<Key> _read = [];

    public SectionReader(IReadOnlyList<Key> keys, YamlMap map, string path, ReadContext context)
        : this(keys)
    {
        _map = map;
        _path = path;
        _context = context;
    }

    private SectionReader(IReadOnlyList<Key> keys)
    {
        _keys = keys;
        _path = "";
    }

    /// <summary>Gives only defaults and fallbacks, for a section that was refused as a whole.</summary>
    public static SectionReader Silent(IReadOnlyList<Key> keys) => new(keys);

    public T Get<T>(Key<T> key)
    {
        if (!_keys.Contains(key) || !_read.Add(key))
        {
            throw new InvalidOperationException($"The schema reads '{key.Name}' without declaring it, or twice.");
        }

        if (_map is null || _context is null)
        {
            return key.Default;
        }

        var path = ConfigurationPath.Key(_path, key.Name);
        foreach (var entry in _map.Entries)
        {
            if (entry.Key == key.Name)
            {
                var value = key.Shape.Read(entry.Value, path, _context);
                return key.Shape is ScalarShape<T> && _context.IsRefused(path) ? key.Default : value;
            }
        }

        if (key.IsRequired)
        {
            _context.Error(_context.PositionOf(_path), path, $"is missing; expected a {key.Shape.TypeName}{(key.Shape.Range is { } range ? $", {range}" : "")}");
        }

        return key.Default;
    }

    /// <summary>A key that is declared but never read would be accepted and have no effect.</summary>
    public void EnsureAllRead()
    {
        if (_keys.FirstOrDefault(k => !_read.Contains(k)) is { } forgotten)
        {
            throw new InvalidOperationException($"The schema declares '{forgotten.Name}' and never reads it.");
        }
    }
}
