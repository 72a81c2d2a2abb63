using Microsoft.Extensions.Logging;

namespace Workbench.Sdk;

/// <summary>A byte store with time to live. Never an authority about orders, positions or money.</summary>
/// <remarks>Safe on any thread. A store that is slow or gone answers with an error value; it never throws for that and never blocks a caller for long.</remarks>
public interface ICache : IAsyncDisposable
{
    /// <summary>Reads an entry.</summary>
    /// <param name="key">1 to 512 characters; compared ordinally.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entry, null when there is none or it has expired, or an error.</returns>
    ValueTask<ReadResult<CacheEntry?>> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Writes an entry; the last write wins.</summary>
    /// <param name="key">1 to 512 characters; compared ordinally.</param>
    /// <param name="value">Copied before the call returns.</param>
    /// <param name="timeToLive">Greater than zero.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null, or why it was not written.</returns>
    ValueTask<VenueError?> SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken);

    /// <summary>Removes an entry; it is no error when there is none.</summary>
    ValueTask<VenueError?> RemoveAsync(string key, CancellationToken cancellationToken);
}

/// <summary>A value from a cache.</summary>
/// <param name="Value">The bytes.</param>
/// <param name="StoredAt">When it was written, so that the reader can tell its age.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record CacheEntry(ReadOnlyMemory<byte> Value, Timestamp StoredAt, Timestamp ExpiresAt);

/// <summary>What a cache plugin gets from its host.</summary>
public sealed record CacheContext
{
    /// <summary>The most entries the cache may hold; the plugin decides what goes first.</summary>
    public required int MaxEntries { get; init; }

    /// <summary>The plugin's own settings from the configuration.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The log.</summary>
    public required ILogger Logger { get; init; }
}
