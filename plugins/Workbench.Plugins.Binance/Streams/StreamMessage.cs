using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Streams;

/// <summary>What a message of the market stream turned out to be.</summary>
internal enum StreamMessageKind
{
    /// <summary>Not understood; the session was told.</summary>
    Bad,

    /// <summary>A quote, a trade or a candle; the session has it.</summary>
    Published,

    /// <summary>An event that nobody asked for.</summary>
    Ignored,

    /// <summary>A change of a book, still to be brought into sequence.</summary>
    Depth,

    /// <summary>The answer to a control message.</summary>
    Reply,

    /// <summary>The venue is about to close the connection.</summary>
    Shutdown,
}

/// <summary>One decoded message.</summary>
internal readonly record struct StreamMessage(StreamMessageKind Kind, DepthEvent Depth = default, ControlReply Reply = default);

/// <summary>One <c>depthUpdate</c>: the ids from <paramref name="First"/> to <paramref name="Last"/> in one change.</summary>
internal readonly record struct DepthEvent(Symbol Symbol, long First, long Last, Timestamp VenueTime, Timestamp ReceivedAt, PriceLevel[] Bids, PriceLevel[] Asks);

/// <summary>The venue's answer to a control message; an id of zero means that it could not say to which.</summary>
internal readonly record struct ControlReply(long Id, VenueError? Error);
