using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Whether a book may be traded on: it follows its venue without a gap and has not been crossed for longer than a moment. Pure: it knows time only by what it is told.</summary>
internal sealed class BookValidity
{
    /// <summary>For so long a book may be crossed: bid and ask reach us one after the other. Locked is tolerated.</summary>
    public static readonly TimeSpan CrossedLimit = TimeSpan.FromSeconds(1);

    private string? _interruption;
    private string? _crossing;

    /// <summary>Why it may not be traded on; null when it may.</summary>
    public string? Problem => _interruption ?? _crossing;

    /// <summary>Since when the book is crossed; null when it is not.</summary>
    public Timestamp? CrossedSince { get; private set; }

    /// <summary>The changes have a gap or the stream has ended: what is known may be wrong until a whole book comes.</summary>
    public void Interrupted(string reason) => _interruption = reason;

    /// <summary>The book has changed.</summary>
    public void Changed(OrderBook book, bool isSnapshot)
    {
        _interruption = isSnapshot ? null : _interruption;
        CrossedSince = book.IsCrossed ? CrossedSince ?? book.Stamp.ReceivedAt : null;
        _crossing = book.IsCrossed ? _crossing : null;
    }

    /// <summary>Judges again because time has passed; true when the book has become invalid now.</summary>
    public bool Look(Timestamp now, OrderBook book)
    {
        if (_crossing is not null || CrossedSince is not { } since || now - since < CrossedLimit)
        {
            return false;
        }

        _crossing = $"crossed since {since.ToDateTimeOffset():HH:mm:ss.fff}: bid {book.BestBid?.Price} is above ask {book.BestAsk?.Price}";
        return true;
    }
}
