// Buys 0.02 BTC by parts of 0.005 of which the book shows one at a time, up to a limit just above the market, and prints each part.
// Run it: workbench run scripts/iceberg.csx --set quantity=0.1 --set shown=0.01
// It needs no keys: without any configuration of yours it trades on the embedded simulator.
var symbol = Symbol.Parse(Args.Get("symbol", "BTC/USDT"));
var quote = await Within(Market.Quotes(symbol).FirstAsync(Stop).AsTask(), TimeSpan.FromSeconds(30), $"a quote of {symbol}");
var ask = quote.Ask ?? throw new InvalidOperationException($"Nobody offers {symbol} now.");

var iceberg = Iceberg.Start(
    Orders,
    Market,
    Clock,
    new IcebergOptions
    {
        Symbol = symbol,
        Side = Side.Buy,
        Quantity = Quantity.Parse(Args.Get("quantity", "0.02")),
        Shown = Quantity.Parse(Args.Get("shown", "0.005")),
        Limit = Px(Math.Round(ask.Value * 1.002m, 2)), // High enough to be filled at once here; a price below the bid would wait in the book.
    },
    cancellationToken: Stop);

var end = await Within(iceberg.Completion, TimeSpan.FromSeconds(30), "the end of the iceberg");
var table = Table("Order", "Connection", "Status", "Quantity", "Filled", "Price");
foreach (var order in Orders.All.Where(o => end.Orders.Contains(o.Id)))
{
    table.Row(order.Id, order.Connection, order.Status, order.Quantity, order.FilledQuantity, order.AverageFillPrice);
}

Print(table);
Print($"{end.State}: {end.Filled} of {end.Quantity} {symbol.Base} at an average of {end.AverageFillPrice?.ToString() ?? "none"}{(end.Reason is null ? "" : $" ({end.Reason})")}.");
if (end.State != AlgorithmState.Completed)
{
    throw new InvalidOperationException($"The iceberg filled {end.Filled} of {end.Quantity}: {end.Reason}");
}
