using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Margin;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>The ticker of a perpetual as name and text of each member, for REST and for the topic's partial deltas.</summary>
internal static class LinearTicker
{
    private const long HourMillis = 3_600_000;

    public static List<(string Name, string Text)> Of(LinearVenue linear, PerpetualPrices prices, long nowMillis)
    {
        var market = prices.Market;
        var day = market.Day(nowMillis);
        var open = day.Window.Open;
        var (bid, ask) = (market.Book.Bids.Best, market.Book.Asks.Best);
        var interest = OpenInterest(linear, prices.Contract);
        return
        [
            ("symbol", market.Symbol),
            ("tickDirection", TickDirection.Of(market.Trades)),
            ("price24hPcnt", Text(open == 0 ? 0 : decimal.Round((market.LastPrice - open) / open, 6))),
            ("lastPrice", Text(market.LastPrice)),
            ("prevPrice24h", Text(open)),
            ("highPrice24h", Text(day.Window.High)),
            ("lowPrice24h", Text(day.Window.Low)),
            ("prevPrice1h", Text(HourAgo(prices, nowMillis))),
            ("markPrice", Text(prices.Mark)),
            ("indexPrice", Text(prices.Index)),
            ("openInterest", Text(interest)),
            ("openInterestValue", Text(decimal.Round(interest * prices.Mark, 4))),
            ("singleOpenInterest", Text(interest)),
            ("singleOpenInterestValue", Text(decimal.Round(interest * prices.Mark, 4))),
            ("turnover24h", Text(decimal.Round(day.Window.QuoteVolume, 4))),
            ("volume24h", Text(day.Window.Volume)),
            ("fundingIntervalHour", BybitJson.Text(prices.Contract.FundingIntervalMinutes / 60)),
            ("fundingCap", Text(prices.Contract.FundingCap)),
            ("nextFundingTime", BybitJson.Text(prices.NextFundingMicros / 1000)),
            ("fundingRate", Text(prices.FundingRate)),
            ("bid1Price", bid is null ? "" : Text(bid.Price)),
            ("bid1Size", bid is null ? "" : Text(bid.Quantity)),
            ("ask1Price", ask is null ? "" : Text(ask.Price)),
            ("ask1Size", ask is null ? "" : Text(ask.Quantity)),
            ("preOpenPrice", ""),
            ("preQty", ""),
            ("curPreListingPhase", ""),
            ("basis", ""),
            ("basisRate", ""),
            ("basisRateYear", ""),
            ("predictedDeliveryPrice", ""),
            ("deliveryFeeRate", ""),
            ("deliveryTime", "0"),
        ];
    }

    // Every long has its short, so one side is all there is.
    private static decimal OpenInterest(LinearVenue linear, Contract contract) =>
        linear.Accounts.All.Sum(a => a.Holding(contract).Positions.Sum(p => Math.Max(0, p.Size)));

    private static decimal HourAgo(PerpetualPrices prices, long nowMillis)
    {
        var minutes = prices.Market.Minutes.Bars;
        for (var i = minutes.Count - 1; i >= 0; i--)
        {
            if (minutes[i].OpenMillis <= nowMillis - HourMillis)
            {
                return minutes[i].Open;
            }
        }

        return minutes.Count == 0 ? prices.Market.LastPrice : minutes[0].Open;
    }

    private static string Text(decimal value) => BybitJson.Text(value);
}
