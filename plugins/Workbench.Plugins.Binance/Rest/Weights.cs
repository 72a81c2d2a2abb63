namespace Workbench.Plugins.Binance.Rest;

/// <summary>What each call costs of the request weight, as documented.</summary>
internal static class Weights
{
    public const int Time = 1;
    public const int ExchangeInfo = 20;
    public const int Depth1000 = 50;
    public const int Klines = 2;
    public const int BookTickers = 4;

    /// <summary>A successful change is free and a failed one costs one; the budget reserves for the failure.</summary>
    public const int OrderChange = 1;
    public const int Order = 4;
    public const int AllOpenOrders = 80;
    public const int TradesOfOrder = 5;
    public const int Account = 20;

    /// <summary>The wallet's interface counts its own weight; this one is a courtesy to the address as a whole.</summary>
    public const int KeyRestrictions = 1;
}
