using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.UserData;

/// <summary>One execution as the venue writes it, the same in queries and events.</summary>
internal struct ExecutionRow
{
    public string? Category;
    public string? Symbol;
    public string? ExecutionId;
    public string? OrderId;
    public string? OrderLinkId;
    public string? Type;
    public string? FeeCurrency;
    public Side? Side;
    public decimal? Price;
    public decimal? Quantity;
    public decimal? Fee;
    public decimal? OrderQuantity;
    public bool IsMaker;
    public Timestamp? Time;

    /// <summary>Reads the object that was entered.</summary>
    public static ExecutionRow Read(ref JsonCursor cursor)
    {
        var row = default(ExecutionRow);
        while (cursor.NextField())
        {
            if (!row.ReadText(ref cursor) && !row.ReadNumber(ref cursor))
            {
                cursor.Skip();
            }
        }

        return row;
    }

    private bool ReadText(ref JsonCursor cursor)
    {
        if (cursor.Is("category"u8))
        {
            Category = cursor.Text();
        }
        else if (cursor.Is("symbol"u8))
        {
            Symbol = cursor.Text();
        }
        else if (cursor.Is("execId"u8))
        {
            ExecutionId = cursor.Text();
        }
        else if (cursor.Is("orderId"u8))
        {
            OrderId = cursor.Text();
        }
        else if (cursor.Is("orderLinkId"u8))
        {
            OrderLinkId = cursor.Text();
        }
        else if (cursor.Is("execType"u8))
        {
            Type = cursor.Text();
        }
        else if (cursor.Is("feeCurrency"u8))
        {
            FeeCurrency = cursor.Text();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool ReadNumber(ref JsonCursor cursor)
    {
        if (cursor.Is("side"u8))
        {
            Side = Sides.Read(ref cursor);
        }
        else if (cursor.Is("execPrice"u8))
        {
            Price = cursor.Number();
        }
        else if (cursor.Is("execQty"u8))
        {
            Quantity = cursor.Number();
        }
        else if (cursor.Is("execFee"u8))
        {
            Fee = cursor.Number();
        }
        else if (cursor.Is("orderQty"u8))
        {
            OrderQuantity = cursor.Number();
        }
        else if (cursor.Is("isMaker"u8))
        {
            IsMaker = cursor.Flag() ?? false;
        }
        else if (cursor.Is("execTime"u8))
        {
            Time = cursor.Time();
        }
        else
        {
            return false;
        }

        return true;
    }
}
