using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Instruments;

/// <summary>One market as the venue describes it. Spot and contract markets name the same things differently; the fields here are filled from either.</summary>
internal struct InstrumentRow
{
    public string? Symbol;
    public string? BaseCoin;
    public string? QuoteCoin;
    public string? Status;
    public decimal? Multiplier;
    public decimal? TickSize;
    public decimal? BasePrecision;
    public decimal? QuantityStep;
    public decimal? MinQuantity;
    public decimal? MaxQuantity;
    public decimal? MaxLimitQuantity;
    public decimal? MaxMarketQuantity;
    public decimal? MinValue;

    /// <summary>Reads the object that was entered.</summary>
    public static InstrumentRow Read(ref JsonCursor cursor)
    {
        var row = default(InstrumentRow);
        while (cursor.NextField())
        {
            if (cursor.Is("symbol"u8))
            {
                row.Symbol = cursor.Text();
            }
            else if (cursor.Is("baseCoin"u8))
            {
                row.BaseCoin = cursor.Text();
            }
            else if (cursor.Is("quoteCoin"u8))
            {
                row.QuoteCoin = cursor.Text();
            }
            else if (cursor.Is("status"u8))
            {
                row.Status = cursor.Text();
            }
            else if (cursor.Is("xstockMultiplier"u8))
            {
                row.Multiplier = cursor.Number();
            }
            else if (cursor.Is("lotSizeFilter"u8))
            {
                row.ReadLotSize(ref cursor);
            }
            else if (cursor.Is("priceFilter"u8))
            {
                row.ReadPrice(ref cursor);
            }
            else
            {
                cursor.Skip();
            }
        }

        return row;
    }

    /// <summary>The market for the host, or null when something is missing that no order can do without.</summary>
    public readonly Instrument? ToInstrument()
    {
        var step = BasePrecision ?? QuantityStep;
        if (Symbol is null || BaseCoin is null || QuoteCoin is null || TickSize is not > 0 || step is not > 0 || !Sdk.Symbol.TryParse($"{BaseCoin}/{QuoteCoin}", out var symbol))
        {
            return null;
        }

        // Spot no longer checks a smallest quantity; its minimum is the value.
        var isSpot = BasePrecision is not null;
        return new Instrument
        {
            Symbol = symbol,
            VenueSymbol = Symbol,
            UnitSize = Multiplier is > 0 and var size ? size : 1,
            Status = Status == "Trading" ? InstrumentStatus.Trading : InstrumentStatus.Halted,
            TickSize = TickSize.Value,
            StepSize = step.Value,
            MinQuantity = isSpot ? 0 : MinQuantity ?? 0,
            MaxQuantity = MaxLimitQuantity ?? MaxQuantity ?? 0,
            MaxMarketQuantity = MaxMarketQuantity ?? 0,
            MinNotional = MinValue ?? 0,
        };
    }

    private void ReadPrice(ref JsonCursor cursor)
    {
        if (!cursor.EnterObject())
        {
            return;
        }

        while (cursor.NextField())
        {
            if (cursor.Is("tickSize"u8))
            {
                TickSize = cursor.Number();
            }
            else
            {
                cursor.Skip();
            }
        }
    }

    private void ReadLotSize(ref JsonCursor cursor)
    {
        if (!cursor.EnterObject())
        {
            return;
        }

        while (cursor.NextField())
        {
            if (cursor.Is("basePrecision"u8))
            {
                BasePrecision = cursor.Number();
            }
            else if (cursor.Is("qtyStep"u8))
            {
                QuantityStep = cursor.Number();
            }
            else if (cursor.Is("minOrderQty"u8))
            {
                MinQuantity = cursor.Number();
            }
            else if (cursor.Is("maxOrderQty"u8))
            {
                MaxQuantity = cursor.Number();
            }
            else if (cursor.Is("maxLimitOrderQty"u8))
            {
                MaxLimitQuantity = cursor.Number();
            }
            else if (cursor.Is("maxMarketOrderQty"u8) || cursor.Is("maxMktOrderQty"u8))
            {
                MaxMarketQuantity = cursor.Number();
            }
            else if (cursor.Is("minOrderAmt"u8) || cursor.Is("minNotionalValue"u8))
            {
                MinValue = cursor.Number();
            }
            else
            {
                cursor.Skip();
            }
        }
    }
}
