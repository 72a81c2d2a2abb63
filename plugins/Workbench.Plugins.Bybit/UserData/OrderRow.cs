using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.UserData;

/// <summary>One order as the venue writes it, the same in queries and events. Null means that the venue left it out or wrote <c>""</c>.</summary>
internal struct OrderRow
{
    public string? Category;
    public string? Symbol;
    public string? OrderId;
    public string? OrderLinkId;
    public string? Status;
    public string? OrderType;
    public string? MarketUnit;
    public string? StopOrderType;
    public string? RejectReason;
    public string? CancelType;
    public Side? Side;
    public decimal? Price;
    public decimal? TriggerPrice;
    public decimal? Quantity;
    public decimal? AveragePrice;
    public decimal? FilledQuantity;
    public Timestamp? CreatedAt;
    public Timestamp? UpdatedAt;

    /// <summary>Reads the object that was entered.</summary>
    public static OrderRow Read(ref JsonCursor cursor)
    {
        var row = default(OrderRow);
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
        else if (cursor.Is("orderId"u8))
        {
            OrderId = cursor.Text();
        }
        else if (cursor.Is("orderLinkId"u8))
        {
            OrderLinkId = cursor.Text();
        }
        else if (cursor.Is("orderStatus"u8))
        {
            Status = cursor.Text();
        }
        else if (cursor.Is("orderType"u8))
        {
            OrderType = cursor.Text();
        }
        else if (cursor.Is("marketUnit"u8))
        {
            MarketUnit = cursor.Text();
        }
        else if (cursor.Is("stopOrderType"u8))
        {
            StopOrderType = cursor.Text();
        }
        else if (cursor.Is("rejectReason"u8))
        {
            RejectReason = cursor.Text();
        }
        else if (cursor.Is("cancelType"u8))
        {
            CancelType = cursor.Text();
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
        else if (cursor.Is("price"u8))
        {
            Price = cursor.Number();
        }
        else if (cursor.Is("triggerPrice"u8))
        {
            TriggerPrice = cursor.Number();
        }
        else if (cursor.Is("qty"u8))
        {
            Quantity = cursor.Number();
        }
        else if (cursor.Is("avgPrice"u8))
        {
            AveragePrice = cursor.Number();
        }
        else if (cursor.Is("cumExecQty"u8))
        {
            FilledQuantity = cursor.Number();
        }
        else if (cursor.Is("createdTime"u8))
        {
            CreatedAt = cursor.Time();
        }
        else if (cursor.Is("updatedTime"u8))
        {
            UpdatedAt = cursor.Time();
        }
        else
        {
            return false;
        }

        return true;
    }
}
