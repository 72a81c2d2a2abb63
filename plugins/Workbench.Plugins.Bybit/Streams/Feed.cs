using System.Text;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>One subscription of a session with what it needs to stay in sequence.</summary>
internal sealed class Feed
{
    public Feed(MarketSubscription subscription, Instrument instrument)
    {
        Subscription = subscription;
        Topic = Topics.Of(subscription.Channel, instrument.VenueSymbol);
        VenueSymbol = Encoding.UTF8.GetBytes(instrument.VenueSymbol);
    }

    /// <summary>What the host asked for.</summary>
    public MarketSubscription Subscription { get; }

    /// <summary>The venue's name for it.</summary>
    public string Topic { get; }

    /// <summary>The market's name as messages write it.</summary>
    public byte[] VenueSymbol { get; }

    /// <summary>Sequence of the book, or of its first level.</summary>
    public BookSequence Sequence { get; } = new();

    /// <summary>The best prices, for quotes.</summary>
    public TopLevel Top { get; } = new();
}
