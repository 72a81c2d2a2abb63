using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary>A spot item of <c>instruments-info</c>.</summary>
internal static class InstrumentJson
{
    public static void Write(Utf8JsonWriter writer, Instrument instrument)
    {
        writer.WriteStartObject();
        writer.WriteNumber("symbolId", instrument.FirstTradeId);
        writer.WriteString("symbol", instrument.Symbol);
        writer.WriteString("baseCoin", instrument.BaseAsset);
        writer.WriteString("quoteCoin", instrument.QuoteAsset);
        writer.WriteString("innovation", "0");

        // Spot knows no other status: what cannot be traded is not listed there, but hiding it would take away open orders.
        writer.WriteString("status", instrument.Status == InstrumentStatus.Trading ? "Trading" : "Closed");
        writer.WriteString("marginTrading", "none");
        writer.WriteString("stTag", "0");
        writer.WriteString("symbolType", "");
        writer.WriteString("xstockMultiplier", "1");
        writer.WriteStartObject("lotSizeFilter");
        writer.WriteAmount("basePrecision", instrument.StepSize);
        writer.WriteAmount("quotePrecision", BybitListing.QuotePrecision(instrument));
        writer.WriteAmount("minOrderQty", instrument.MinQuantity);
        writer.WriteAmount("maxOrderQty", instrument.MaxQuantity);
        writer.WriteAmount("minOrderAmt", instrument.MinNotional);
        writer.WriteAmount("maxOrderAmt", instrument.MaxNotional);
        writer.WriteAmount("maxLimitOrderQty", instrument.MaxQuantity);
        writer.WriteAmount("maxMarketOrderQty", instrument.MaxMarketQuantity);
        writer.WriteAmount("postOnlyMaxLimitOrderSize", BybitListing.MaxPostOnlyQuantity(instrument));
        writer.WriteEndObject();
        writer.WriteStartObject("priceFilter");
        writer.WriteAmount("tickSize", instrument.TickSize);
        writer.WriteEndObject();
        writer.WriteStartObject("riskParameters");
        writer.WriteAmount("priceLimitRatioX", BybitListing.PriceLimitRatioX);
        writer.WriteAmount("priceLimitRatioY", BybitListing.PriceLimitRatioY);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
