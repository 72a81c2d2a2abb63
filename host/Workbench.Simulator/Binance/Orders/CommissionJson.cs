using System.Text.Json;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>What an account pays on a symbol.</summary>
internal static class CommissionJson
{
    /// <summary>All parts, as the commission query has them.</summary>
    public static void Parts(Utf8JsonWriter json, Account account, string symbol)
    {
        var rates = account.FeeRates(symbol);
        Part(json, "standardCommission", rates, hasSides: true);
        Part(json, "specialCommission", default, hasSides: true);
        Part(json, "taxCommission", default, hasSides: true);
        Discount(json, account);
    }

    /// <summary>The parts that would apply to one order; a test order shows them on request.</summary>
    public static void ForOrder(Utf8JsonWriter json, Account account, string symbol)
    {
        Part(json, "standardCommissionForOrder", account.FeeRates(symbol), hasSides: false);
        Part(json, "specialCommissionForOrder", default, hasSides: false);
        Part(json, "taxCommissionForOrder", default, hasSides: false);
        Discount(json, account);
    }

    public static void Rates(Utf8JsonWriter json, FeeRates rates, bool hasSides)
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
        Rates(json, rates, hasSides);
        json.WriteEndObject();
    }

    private static void Discount(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject("discount");
        json.WriteBoolean("enabledForAccount", false);
        json.WriteBoolean("enabledForSymbol", false);
        json.WriteString("discountAsset", "BNB");
        json.Fixed8("discount", 0.75m);
        json.WriteEndObject();
    }
}
