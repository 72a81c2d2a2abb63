using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary>A coin of <c>asset/coin/query-info</c>. Nothing can be sent in or out of a simulated venue: its one chain is closed.</summary>
internal static class CoinJson
{
    public static void Write(Utf8JsonWriter writer, string coin)
    {
        writer.WriteStartObject();
        writer.WriteString("name", coin);
        writer.WriteString("coin", coin);
        writer.WriteString("remainAmount", "0");
        writer.WriteList("chains", [coin], static (w, name) =>
        {
            w.WriteStartObject();
            w.WriteString("chainType", name);
            w.WriteString("confirmation", "1");
            w.WriteString("withdrawFee", "");
            w.WriteString("depositMin", "0");
            w.WriteString("withdrawMin", "0");
            w.WriteString("chain", name);
            w.WriteString("chainDeposit", "0");
            w.WriteString("chainWithdraw", "0");
            w.WriteString("minAccuracy", "8");
            w.WriteString("withdrawPercentageFee", "0");
            w.WriteString("contractAddress", "");
            w.WriteString("safeConfirmNumber", "1");
            w.WriteString("withdrawMax", "0");
            w.WriteEndObject();
        });
        writer.WriteEndObject();
    }
}
