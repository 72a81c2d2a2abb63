using System.Collections.Concurrent;

namespace Workbench.Simulator.Faults;

/// <summary>
/// The faults of one venue. Injecting returns when the fault is in force. The dialect asks at its named points
/// (<see cref="IsActive"/>, <see cref="Strike"/>); faults of the listener act through handlers.
/// </summary>
public sealed class FaultLab
{
    private readonly ConcurrentDictionary<string, ActiveFault> _active = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<bool, CancellationToken, Task>> _handlers = [];

    /// <summary>Names of the faults that are on.</summary>
    public IReadOnlyCollection<string> Active => [.. _active.Keys];

    /// <exception cref="ArgumentException">There is no fault of that name.</exception>
    public async Task InjectAsync(string name, FaultOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!FaultNames.All.Contains(name))
        {
            throw new ArgumentException($"There is no fault '{name}'. Known: {string.Join(", ", FaultNames.All)}.", nameof(name));
        }

        await ClearAsync(name, cancellationToken).ConfigureAwait(false);
        _active[name] = new ActiveFault(name, options ?? new FaultOptions());
        if (_handlers.TryGetValue(name, out var handler))
        {
            await handler(true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends a fault; nothing happens when it is not on.</summary>
    public async Task ClearAsync(string name, CancellationToken cancellationToken = default)
    {
        if (!_active.TryRemove(name, out var fault))
        {
            return;
        }

        fault.End();
        if (_handlers.TryGetValue(name, out var handler))
        {
            await handler(false, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task ClearAllAsync(CancellationToken cancellationToken = default)
    {
        foreach (var name in _active.Keys)
        {
            await ClearAsync(name, cancellationToken).ConfigureAwait(false);
        }
    }

    public bool IsActive(string name) => _active.ContainsKey(name);

    /// <summary>Streams send nothing while this holds.</summary>
    internal bool StreamsAreStalled => !_active.IsEmpty && (IsActive(FaultNames.StallStreams) || IsActive(FaultNames.Silence));

    /// <summary>The black hole that swallows requests now, or null.</summary>
    internal ActiveFault? Swallowing =>
        _active.IsEmpty ? null : Peek(FaultNames.BlackHole) ?? Peek(FaultNames.Silence);

    internal ActiveFault? Peek(string name) => _active.GetValueOrDefault(name);

    /// <summary>Uses up one strike of the fault; null when it is not on.</summary>
    internal ActiveFault? Strike(string name)
    {
        if (!_active.TryGetValue(name, out var fault) || !fault.Strike(out var wasLast))
        {
            return null;
        }

        if (wasLast && _active.TryRemove(name, out _))
        {
            fault.End();
        }

        return fault;
    }

    /// <summary>Registers what must happen when a fault goes on (true) or off (false). At composition only.</summary>
    internal void Handle(string name, Func<bool, CancellationToken, Task> handler) => _handlers.Add(name, handler);
}
