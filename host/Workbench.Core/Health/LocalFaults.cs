using System.Collections.Concurrent;
using Workbench.Sdk;

namespace Workbench.Core.Health;

/// <summary>Failures of our own side over all connections, to tell a venue's name that does not resolve from a machine that resolves nothing. Safe on any thread.</summary>
internal sealed class LocalFaults(TimeProvider time)
{
    /// <summary>A failure speaks for so long, unless the connection reaches its venue before: longer than the slow probe's wait with its jitter.</summary>
    private static readonly TimeSpan Speaks = TimeSpan.FromSeconds(100);

    private readonly ConcurrentDictionary<ConnectionId, long> _failedAt = new();

    /// <summary>A connection could not even reach out.</summary>
    public void Failed(ConnectionId connection) => _failedAt[connection] = time.GetTimestamp();

    /// <summary>A connection has reached its venue.</summary>
    public void Reached(ConnectionId connection)
    {
        if (!_failedAt.IsEmpty)
        {
            _failedAt.TryRemove(connection, out _);
        }
    }

    /// <summary>A failure in words that say whose fault it is. Any other than of our own side stays as it is.</summary>
    public string Explain(ConnectionId connection, VenueError error)
    {
        if (error.Kind != VenueErrorKind.Local)
        {
            return error.Message;
        }

        var others = _failedAt.Where(f => f.Key != connection && time.GetElapsedTime(f.Value) <= Speaks).Select(f => f.Key.Value).Order(StringComparer.Ordinal).ToArray();
        return others.Length > 0 ? $"our side: {error.Message}; {string.Join(" and ", others)} cannot be reached either"
            : error.Code == "dns" ? $"{error.Message}: our name service, or the venue's name"
            : $"our side: {error.Message}";
    }
}
