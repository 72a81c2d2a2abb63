using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>The spot price as the perpetual sees it: the middle of the spot book, or the last trade where a side is missing.</summary>
internal static class IndexPrice
{
    private const int Decimals = 8;

    public static decimal Of(Market spot) => spot.Book is { Bids.Best: { } bid, Asks.Best: { } ask }
        ? decimal.Round((bid.Price + ask.Price) / 2, Decimals)
        : spot.LastPrice;
}
