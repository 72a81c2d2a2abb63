using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Margin;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>A contract of <c>instruments-info</c>.</summary>
internal static class LinearInstrumentJson
{
    private const string LaunchTime = "1584230400000";

    public static void Write(Utf8JsonWriter writer, PerpetualPrices prices)
    {
        var contract = prices.Contract;
        var instrument = prices.Market.Instrument;
        writer.WriteStartObject();
        writer.WriteString("symbol", contract.Symbol);
        writer.WriteNumber("symbolId", instrument.FirstTradeId);
        writer.WriteString("contractType", "LinearPerpetual");
        writer.WriteString("status", instrument.Status == InstrumentStatus.Trading ? "Trading" : "Closed");
        writer.WriteString("baseCoin", instrument.BaseAsset);
        writer.WriteString("quoteCoin", instrument.QuoteAsset);
        writer.WriteString("settleCoin", contract.SettleAsset);
        writer.WriteString("symbolType", "");
        writer.WriteString("launchTime", LaunchTime);
        writer.WriteString("deliveryTime", "0");
        writer.WriteString("deliveryFeeRate", "");
        writer.WriteText("priceScale", instrument.TickSize.Scale);
        WriteFilters(writer, contract, instrument);
        writer.WriteBoolean("unifiedMarginTrade", true);
        writer.WriteNumber("fundingInterval", contract.FundingIntervalMinutes);
        writer.WriteString("copyTrading", "none");
        writer.WriteAmount("upperFundingRate", contract.FundingCap);
        writer.WriteAmount("lowerFundingRate", -contract.FundingCap);
        writer.WriteString("displayName", contract.Symbol);
        writer.WriteBoolean("isPreListing", false);
        writer.WriteNull("preListingInfo");
        writer.WriteStartObject("riskParameters");
        writer.WriteAmount("priceLimitRatioX", contract.PriceLimitRatioX);
        writer.WriteAmount("priceLimitRatioY", contract.PriceLimitRatioY);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteFilters(Utf8JsonWriter writer, Contract contract, Instrument instrument)
    {
        writer.WriteStartObject("leverageFilter");
        writer.WriteAmount("minLeverage", contract.MinLeverage);
        writer.WriteAmount("maxLeverage", contract.MaxLeverage);
        writer.WriteAmount("leverageStep", contract.LeverageStep);
        writer.WriteEndObject();
        writer.WriteStartObject("priceFilter");
        writer.WriteAmount("minPrice", instrument.MinPrice);
        writer.WriteAmount("maxPrice", instrument.MaxPrice);
        writer.WriteAmount("tickSize", instrument.TickSize);
        writer.WriteEndObject();
        writer.WriteStartObject("lotSizeFilter");
        writer.WriteAmount("minOrderQty", instrument.MinQuantity);
        writer.WriteAmount("maxOrderQty", instrument.MaxQuantity);
        writer.WriteAmount("maxMktOrderQty", instrument.MaxMarketQuantity);
        writer.WriteAmount("postOnlyMaxOrderQty", instrument.MaxQuantity);
        writer.WriteAmount("qtyStep", instrument.StepSize);
        writer.WriteAmount("minNotionalValue", instrument.MinNotional);
        writer.WriteEndObject();
    }
}
