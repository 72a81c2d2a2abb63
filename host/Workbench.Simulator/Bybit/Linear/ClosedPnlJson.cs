using System.Text.Json;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>An item of <c>position/closed-pnl</c>: what one order closed.</summary>
internal static class ClosedPnlJson
{
    private const int Decimals = 8;

    public static void Write(Utf8JsonWriter writer, ClosedPnl closed)
    {
        writer.WriteStartObject();
        writer.WriteString("symbol", closed.Symbol);
        writer.WriteString("orderId", closed.OrderId);
        writer.WriteString("side", OrderText.Side(closed.Side));
        writer.WriteAmount("qty", closed.OrderQuantity);
        writer.WriteAmount("orderPrice", closed.OrderPrice);
        writer.WriteString("orderType", closed.OrderType);
        writer.WriteString("execType", closed.ExecType);
        writer.WriteAmount("closedSize", closed.Closed);
        writer.WriteAmount("cumEntryValue", decimal.Round(closed.EntryValue, Decimals));
        writer.WriteAmount("avgEntryPrice", decimal.Round(closed.EntryValue / closed.Closed, Decimals));
        writer.WriteAmount("cumExitValue", decimal.Round(closed.ExitValue, Decimals));
        writer.WriteAmount("avgExitPrice", decimal.Round(closed.ExitValue / closed.Closed, Decimals));
        writer.WriteAmount("closedPnl", decimal.Round(closed.Profit, Decimals));
        writer.WriteText("fillCount", closed.Fills);
        writer.WriteAmount("leverage", closed.Leverage);
        writer.WriteAmount("openFee", decimal.Round(closed.OpenFee, Decimals));
        writer.WriteAmount("closeFee", decimal.Round(closed.CloseFee, Decimals));
        writer.WriteText("createdTime", closed.CreatedMicros / 1000);
        writer.WriteText("updatedTime", closed.UpdatedMicros / 1000);
        writer.WriteEndObject();
    }
}
