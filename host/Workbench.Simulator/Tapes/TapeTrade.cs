using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tapes;

/// <summary>One trade of a tape; <see cref="TakerSide"/> is the aggressor.</summary>
internal readonly record struct TapeTrade(long TimeMicros, Side TakerSide, decimal Price, decimal Quantity);
