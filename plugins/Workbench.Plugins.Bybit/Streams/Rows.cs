using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>One public trade.</summary>
/// <param name="Time">When it happened, where the venue says so.</param>
/// <param name="Id">The venue's id.</param>
/// <param name="Price">What was paid.</param>
/// <param name="Quantity">How much.</param>
/// <param name="TakerSide">Direction of the taker.</param>
/// <param name="Sequence">Cross sequence; zero where the venue has none.</param>
internal readonly record struct TradeRow(Timestamp? Time, TradeId Id, Price Price, Quantity Quantity, Side TakerSide, long Sequence);

/// <summary>One candle.</summary>
/// <param name="Start">Its beginning.</param>
/// <param name="Interval">Its length.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Quantity traded.</param>
/// <param name="IsClosed">Whether it is complete.</param>
/// <param name="Time">When the venue made it.</param>
internal readonly record struct CandleRow(
    Timestamp Start, TimeSpan Interval, Price Open, Price High, Price Low, Price Close, Quantity Volume, bool IsClosed, Timestamp? Time);
