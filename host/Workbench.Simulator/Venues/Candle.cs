namespace Workbench.Simulator.Venues;

/// <summary>One bar. Times are Unix milliseconds; <see cref="CloseMillis"/> is the bar's last millisecond.</summary>
internal readonly record struct Candle(long OpenMillis, long CloseMillis, decimal Open)
{
    public decimal High { get; init; } = Open;
    public decimal Low { get; init; } = Open;
    public decimal Close { get; init; } = Open;
    public decimal Volume { get; init; }
    public decimal QuoteVolume { get; init; }
    public decimal TakerBuyVolume { get; init; }
    public decimal TakerBuyQuoteVolume { get; init; }
    public long Count { get; init; }

    /// <summary>-1 in a bar without trades.</summary>
    public long FirstTradeId { get; init; } = -1;

    public long LastTradeId { get; init; } = -1;

    public Candle With(decimal price, decimal quantity, bool takerBuys, long tradeId)
    {
        var quote = price * quantity;
        return this with
        {
            Open = Count == 0 ? price : Open,
            High = Count == 0 ? price : Math.Max(High, price),
            Low = Count == 0 ? price : Math.Min(Low, price),
            Close = price,
            Volume = Volume + quantity,
            QuoteVolume = QuoteVolume + quote,
            TakerBuyVolume = TakerBuyVolume + (takerBuys ? quantity : 0),
            TakerBuyQuoteVolume = TakerBuyQuoteVolume + (takerBuys ? quote : 0),
            Count = Count + 1,
            FirstTradeId = FirstTradeId < 0 ? tradeId : FirstTradeId,
            LastTradeId = tradeId,
        };
    }

    /// <summary>This bar followed by a later, finer one.</summary>
    public Candle Then(in Candle next) => this with
    {
        High = Math.Max(High, next.High),
        Low = Math.Min(Low, next.Low),
        Close = next.Close,
        Volume = Volume + next.Volume,
        QuoteVolume = QuoteVolume + next.QuoteVolume,
        TakerBuyVolume = TakerBuyVolume + next.TakerBuyVolume,
        TakerBuyQuoteVolume = TakerBuyQuoteVolume + next.TakerBuyQuoteVolume,
        Count = Count + next.Count,
        FirstTradeId = FirstTradeId < 0 ? next.FirstTradeId : FirstTradeId,
        LastTradeId = next.LastTradeId < 0 ? LastTradeId : next.LastTradeId,
    };
}
