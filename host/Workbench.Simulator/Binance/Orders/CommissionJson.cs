using System.Text.Json;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>What an account pays on a symbol. Called inside the venue's lock.</summary>
internal static class CommissionJson
{
    /// <summary>What commissions paid in BNB are smaller by.</summary>
    public static readonly FeeDiscount BnbDiscount = new("BNB", 0.25m);

    /// <summary>All parts, as the commission query has them.</summary>
    public static void Parts(Utf8JsonWriter json, MatchingEngine engine, Account account, OrderBook book)
    {
        Part(json, "standardCommission", Rates(engine, account, book.Symbol), hasSides: true);
        Part(json, "specialCommission", default, hasSides: true);
        Part(json, "taxCommission", default, hasSides: true);
        Discount(json, engine, account, book);
    }

    /// <summary>The parts that would apply to one order; a test order shows them on request.</summary>
    public static void ForOrder(Utf8JsonWriter json, MatchingEngine engine, Account account, OrderBook book)
    {
        Part(json, "standardCommissionForOrder", Rates(engine, account, book.Symbol), hasSides: false);
        Part(json, "specialCommissionForOrder", default, hasSides: false);
        Part(json, "taxCommissionForOrder", default, hasSides: false);
        Discount(json, engine, account, book);
    }

    /// <summary>What the account pays on a symbol; with no symbol, where it has no rates of its own.</summary>
    public static FeeRates Rates(MatchingEngine engine, Account account, string symbol = "") =>
        engine.FeeSchedule.Rates(account, symbol, engine.NowMicros);

    public static void Write(Utf8JsonWriter json, FeeRates rates, bool hasSides)
    {
        json.Fixed8("maker", rates.Maker);
        json.Fixed8("taker", rates.Taker);
        if (hasSides)
        {
            json.Fixed8("buyer", 0);
            json.Fixed8("seller", 0);
        }
    }

    private static void Part(Utf8JsonWriter json, string name, FeeRates rates, bool hasSides)
    {
        json.WriteStartObject(name);
        Write(json, rates, hasSides);
        json.WriteEndObject();
    }

    private static void Discount(Utf8JsonWriter json, MatchingEngine engine, Account account, OrderBook book)
    {
        // Without a price for it nothing can be paid in it.
        var isPriced = book.Base == BnbDiscount.Asset || book.Quote == BnbDiscount.Asset
            || engine.Books.Values.Any(b => b.Base == BnbDiscount.Asset && b.Quote == book.Quote);
        json.WriteStartObject("discount");
        json.WriteBoolean("enabledForAccount", account.FeeDiscount is not null);
        json.WriteBoolean("enabledForSymbol", isPriced);
        json.WriteString("discountAsset", BnbDiscount.Asset);
        json.Fixed8("discount", 1 - (account.FeeDiscount ?? BnbDiscount).Off);
        json.WriteEndObject();
    }
}
