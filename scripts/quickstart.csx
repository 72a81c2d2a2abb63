// Prints five quotes of BTC/USDT, buys 0.001 BTC at the market, and prints the fills and the position.
// Run it: workbench run scripts/quickstart.csx
// It needs no keys: without any configuration of yours it trades on the embedded simulator.
var symbol = Symbol.Parse("BTC/USDT");
var patience = TimeSpan.FromSeconds(30);

// 1. Quotes. The stamp of each value says which connection it came from.
Print($"Quotes of {symbol}:");
await Within(PrintQuotes(5), patience, $"five quotes of {symbol}");

// 2. An order. The handle follows it: first the venue's answer, then its end.
Print();
Print($"Buying {Qty(0.001m)} {symbol.Base} at the market.");
var order = Orders.Buy(symbol, Qty(0.001m));
var answered = await Within(order.Answered, patience, $"the answer to order {order.Id}");
if (answered.Knowledge != OrderKnowledge.Known || answered.Status == OrderStatus.Rejected)
{
    throw new InvalidOperationException($"The order was not accepted ({answered.Knowledge}, {answered.Status?.ToString() ?? "no status"}): {answered.Reason ?? "no reason given"}");
}

var done = await Within(order.Done, patience, $"the end of order {order.Id}");
Print($"Order {done.Id} at {done.Connection}: {done.Status}, {done.FilledQuantity} of {done.Quantity} filled, average price {done.AverageFillPrice}.");

// 3. What came of it.
Print();
var fills = Table("Fill", "Connection", "Side", "Quantity", "Price", "Fee", "Fee in");
foreach (var fill in Portfolio.Fills.Where(f => f.OrderId == done.Id))
{
    fills.Row(fill.Report.TradeId, fill.Connection, fill.Side, fill.Quantity, fill.Price, fill.Report.Fee, fill.Report.FeeAsset);
}

Print(fills);
Print();
var position = Portfolio.Position(symbol);
Print($"Position in {symbol}: {position.Net} {symbol.Base} at an average of {position.AveragePrice?.ToString() ?? "none"}.");
if (done.Status != OrderStatus.Filled)
{
    throw new InvalidOperationException($"The order ended as {done.Status} with {done.FilledQuantity} of {done.Quantity} filled: {done.Reason ?? "no reason given"}");
}

async Task PrintQuotes(int count)
{
    await foreach (var quote in Market.Quotes(symbol))
    {
        Print($"  bid {quote.Bid} x {quote.BidQuantity}  ask {quote.Ask} x {quote.AskQuantity}  from {quote.Stamp.Connection} backup={(quote.Stamp.IsBackup ? "true" : "false")}");
        if (--count == 0)
        {
            return;
        }
    }

    throw new InvalidOperationException($"The quotes of {symbol} ended.");
}
