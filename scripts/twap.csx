// Buys 0.01 BTC in five even slices within five seconds, and prints each slice.
// Run it: workbench run scripts/twap.csx --set quantity=0.05 --set slices=10 --set seconds=60
// It needs no keys: without any configuration of yours it trades on the embedded simulator.
var symbol = Symbol.Parse(Args.Get("symbol", "BTC/USDT"));
var seconds = Args.Get("seconds", 5);
await Within(Market.Quotes(symbol).FirstAsync(Stop).AsTask(), TimeSpan.FromSeconds(30), $"a quote of {symbol}");

var twap = Twap.Start(
    Orders,
    Market,
    Clock,
    new TwapOptions
    {
        Symbol = symbol,
        Side = Side.Buy,
        Quantity = Quantity.Parse(Args.Get("quantity", "0.01")),
        Duration = TimeSpan.FromSeconds(seconds),
        Slices = Args.Get("slices", 5),
    },
    cancellationToken: Stop);

// On Ctrl-C it cancels the open slice; an order that is unknown is waited for.
var end = await Within(twap.Completion, TimeSpan.FromSeconds(seconds + 30), "the end of the TWAP");
var table = Table("Order", "Connection", "Status", "Quantity", "Filled", "Price");
foreach (var order in Orders.All.Where(o => end.Orders.Contains(o.Id)))
{
    table.Row(order.Id, order.Connection, order.Status, order.Quantity, order.FilledQuantity, order.AverageFillPrice);
}

Print(table);
Print($"{end.State}: {end.Filled} of {end.Quantity} {symbol.Base} at an average of {end.AverageFillPrice?.ToString() ?? "none"}{(end.Reason is null ? "" : $" ({end.Reason})")}.");
if (end.State != AlgorithmState.Completed)
{
    throw new InvalidOperationException($"The TWAP filled {end.Filled} of {end.Quantity}: {end.Reason}");
}
