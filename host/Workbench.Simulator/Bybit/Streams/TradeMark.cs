using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>A public trade with its cross sequence.</summary>
internal readonly record struct TradeMark(PublicTrade Trade, long Sequence);
