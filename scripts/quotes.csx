// Watches the best bid and ask of a market until Ctrl-C, or for a while.
// Run it: workbench run scripts/quotes.csx --for 30s
//         workbench run scripts/quotes.csx --set symbol=ETH/USDT --set count=100
var symbol = Symbol.Parse(Args.Get("symbol", "BTC/USDT"));
var count = Args.Get("count", long.MaxValue);

var seen = 0L;
await foreach (var quote in Market.Quotes(symbol))
{
    var from = quote.Stamp.IsBackup ? $"{quote.Stamp.Connection} (backup)" : $"{quote.Stamp.Connection}";
    Print($"{quote.Stamp.ReceivedAt}  {symbol}  bid {quote.Bid,12} x {quote.BidQuantity,-12} ask {quote.Ask,12} x {quote.AskQuantity,-12} {from}");
    if (++seen >= count)
    {
        break;
    }
}

Print($"{seen} quotes.");
