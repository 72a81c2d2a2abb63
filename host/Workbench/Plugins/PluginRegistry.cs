using Workbench.Sdk;

namespace Workbench.Plugins;

/// <summary>Takes what one plugin offers, while it is in <c>Register</c> and not later.</summary>
internal sealed class PluginRegistry : IPluginRegistry
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Func<Strategy>> _strategies = new(StringComparer.Ordinal);
    private Func<ConnectorContext, IConnector>? _connector;
    private Func<CacheContext, ICache>? _cache;
    private bool _sealed;

    public PluginKinds Kinds =>
        (_connector is null ? PluginKinds.None : PluginKinds.Connector)
        | (_cache is null ? PluginKinds.None : PluginKinds.Cache)
        | (_strategies.Count == 0 ? PluginKinds.None : PluginKinds.Strategy);

    /// <inheritdoc />
    public void AddConnector(Func<ConnectorContext, IConnector> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Add(() => _connector = _connector is null ? factory : throw new InvalidOperationException("A plugin offers at most one connector."));
    }

    /// <inheritdoc />
    public void AddCache(Func<CacheContext, ICache> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Add(() => _cache = _cache is null ? factory : throw new InvalidOperationException("A plugin offers at most one cache."));
    }

    /// <inheritdoc />
    public void AddStrategy(string name, Func<Strategy> factory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(factory);
        Add(() =>
        {
            if (!_strategies.TryAdd(name, factory))
            {
                throw new InvalidOperationException($"The strategy '{name}' is offered twice.");
            }
        });
    }

    /// <summary>Ends the registration.</summary>
    public PluginOffer Seal()
    {
        lock (_lock)
        {
            _sealed = true;
            return new PluginOffer(_connector, _cache, _strategies);
        }
    }

    private void Add(Action change)
    {
        lock (_lock)
        {
            if (_sealed)
            {
                throw new InvalidOperationException("A plugin offers what it has in Register, not later.");
            }

            change();
        }
    }
}
