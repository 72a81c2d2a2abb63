namespace Workbench.Simulator.Tapes;

/// <summary>Base and quote of a symbol written without a separator, by the quote currencies the venue knows.</summary>
internal static class SymbolNames
{
    // Longest first where one ends another.
    private static readonly string[] Quotes =
        ["FDUSD", "USDT", "BUSD", "USDC", "TUSD", "USDS", "DAI", "BTC", "ETH", "BNB", "XRP", "TRX", "EUR", "GBP", "TRY", "BRL", "AUD", "RUB", "JPY", "UAH", "NGN", "ZAR", "IDRT", "BIDR", "PAX", "USD"];

    public static (string Base, string Quote) Split(string symbol)
    {
        foreach (var quote in Quotes)
        {
            if (symbol.Length > quote.Length && symbol.EndsWith(quote, StringComparison.Ordinal))
            {
                return (symbol[..^quote.Length], quote);
            }
        }

        var half = symbol.Length > 3 ? symbol.Length - 3 : Math.Max(1, symbol.Length / 2);
        return (symbol[..half], symbol[half..]);
    }
}
