namespace Workbench.Simulator.Venues;

/// <summary>API keys as they were issued, and as they look through the changes that are on. Written inside the venue's lock.</summary>
internal sealed class KeyRing
{
    private readonly Dictionary<string, ApiCredential> _issued = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<object, Func<ApiCredential, ApiCredential>> _changes = [];
    private volatile IReadOnlyDictionary<string, ApiCredential> _keys = new Dictionary<string, ApiCredential>();

    public IReadOnlyDictionary<string, ApiCredential> Keys => _keys;

    public void Set(ApiCredential credential)
    {
        _issued[credential.Key] = credential;
        Rebuild();
    }

    public void Alter(object name, Func<ApiCredential, ApiCredential>? change)
    {
        _changes.Remove(name);
        if (change is not null)
        {
            _changes.Add(name, change);
        }

        Rebuild();
    }

    private void Rebuild() => _keys = _issued.ToDictionary(k => k.Key, k => _changes.Values.Aggregate(k.Value, (key, change) => change(key)), StringComparer.Ordinal);
}
