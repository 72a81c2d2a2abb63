using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>The newest values of one market at one connection. The pipeline writes, anybody reads.</summary>
internal sealed class MarketSlot
{
    private volatile Quote? _quote;
    private volatile Trade? _trade;
    private volatile OrderBook? _book;
    private volatile Candle? _candle;
    private volatile string? _bookProblem;
    private volatile string? _quoteProblem;

    public Quote? Quote
    {
        get => _quote;
        set => _quote = value;
    }

    public Trade? Trade
    {
        get => _trade;
        set => _trade = value;
    }

    public OrderBook? Book
    {
        get => _book;
        set => _book = value;
    }

    public Candle? Candle
    {
        get => _candle;
        set => _candle = value;
    }

    /// <summary>Why no order may be sent on this market's quotes: they are stale or their stream was interrupted. Null when they are sound, or when nobody follows them.</summary>
    public string? QuoteProblem
    {
        get => _quoteProblem;
        set => _quoteProblem = value;
    }

    /// <summary>Why no order may be sent on this market's book; null when it is sound, or when nobody follows it.</summary>
    public string? BookProblem
    {
        get => _bookProblem;
        set => _bookProblem = value;
    }
}
