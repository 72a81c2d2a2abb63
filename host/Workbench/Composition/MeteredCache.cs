using Workbench.Core.Metrics;
using Workbench.Sdk;

namespace Workbench.Composition;

/// <summary>A cache whose hits and misses are counted.</summary>
internal sealed class MeteredCache(ICache cache, WorkbenchMetrics metrics) : ICache
{
    /// <inheritdoc />
    public async ValueTask<ReadResult<CacheEntry?>> GetAsync(string key, CancellationToken cancellationToken)
    {
        var result = await cache.GetAsync(key, cancellationToken).ConfigureAwait(false);
        metrics.CacheRead(result);
        return result;
    }

    /// <inheritdoc />
    public ValueTask<VenueError?> SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) =>
        cache.SetAsync(key, value, timeToLive, cancellationToken);

    /// <inheritdoc />
    public ValueTask<VenueError?> RemoveAsync(string key, CancellationToken cancellationToken) => cache.RemoveAsync(key, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => cache.DisposeAsync();
}
