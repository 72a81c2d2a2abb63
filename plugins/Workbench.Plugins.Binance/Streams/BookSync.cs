using Workbench.Plugins.Binance.Market;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Streams;

/// <summary>Brings one book into sequence (section 13 of the venue's notes): events are kept until a snapshot fits, then everything is published so that a reader who applies it has exactly the book of the last id. Pure: no time, no network.</summary>
internal sealed class BookSync(Symbol symbol)
{
    private const int MaxBuffered = 4096;

    // Ids only fall back when the venue was reset; a few old events behind a snapshot are normal, ten seconds of them are not.
    private const int MaxStaleRun = 100;
    private readonly Queue<DepthEvent> _buffer = new();
    private long? _at;
    private int _staleRun;

    public Symbol Symbol => symbol;

    /// <summary>True while a snapshot has been applied and no id was missed since.</summary>
    public bool IsSynchronised => _at is not null;

    /// <summary>True once an event waits for its snapshot.</summary>
    public bool HasBuffered => _buffer.Count > 0;

    /// <summary>Takes the next event of the stream.</summary>
    /// <returns>Why a snapshot is needed; null while the book is in sequence or already waits for one.</returns>
    public string? OnEvent(in DepthEvent change, IMarketStreamSession session)
    {
        if (_at is not { } at)
        {
            Keep(change);
            return null;
        }

        if (change.Last <= at)
        {
            return ++_staleRun < MaxStaleRun ? null : Restart(change, $"the ids fell back from {at} to {change.Last}");
        }

        if (change.First > at + 1)
        {
            return Restart(change, $"the ids {at + 1} to {change.First - 1} are missing");
        }

        _staleRun = 0;
        _at = change.Last;
        session.Publish(new BookUpdate(symbol, false, change.Bids, change.Asks, session.Stamp(change.ReceivedAt, change.VenueTime, change.Last)));
        return null;
    }

    /// <summary>Takes a snapshot, publishes it, and then what came after it.</summary>
    /// <returns>Why another snapshot is needed; null when the book is in sequence.</returns>
    public string? OnSnapshot(DepthSnapshot snapshot, IMarketStreamSession session)
    {
        while (_buffer.TryPeek(out var old) && old.Last <= snapshot.LastUpdateId)
        {
            _buffer.Dequeue();
        }

        if (_buffer.TryPeek(out var next) && next.First > snapshot.LastUpdateId + 1)
        {
            return $"the snapshot {snapshot.LastUpdateId} is older than the first event {next.First}";
        }

        _at = snapshot.LastUpdateId;
        _staleRun = 0;
        session.Publish(new BookUpdate(symbol, true, snapshot.Bids, snapshot.Asks, session.Stamp(snapshot.ReceivedAt, null, snapshot.LastUpdateId)));
        return Replay(session);
    }

    private string? Replay(IMarketStreamSession session)
    {
        string? problem = null;
        for (var left = _buffer.Count; left > 0; left--)
        {
            problem = OnEvent(_buffer.Dequeue(), session) ?? problem;
        }

        return problem;
    }

    private string Restart(in DepthEvent change, string reason)
    {
        _at = null;
        _staleRun = 0;
        Keep(change);
        return reason;
    }

    private void Keep(in DepthEvent change)
    {
        if (_buffer.Count == MaxBuffered)
        {
            // The snapshot must then be newer than what was let go, which OnSnapshot checks.
            _buffer.Dequeue();
        }

        _buffer.Enqueue(change);
    }
}
