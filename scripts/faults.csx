// Sends an order whose answer is lost after the exchange executed it, and whose events never come; only looking it up can tell what became of it.
// Run it: workbench run scripts/faults.csx
// It fails unless the order was filled exactly once and the position says so.
var symbol = Symbol.Parse(Args.Get("symbol", "BTC/USDT"));
var quantity = Qty(0.001m);
var simulator = Simulator ?? throw new InvalidOperationException("This script needs the simulator: point the connections of the route at it.");
Print($"{simulator.Catalogue.Count} faults are known; {string.Join(", ", simulator.Catalogue.Where(f => f.Ids.Contains("E04")).Select(f => f.Name))} lose the answer to an executed order.");

await foreach (var quote in Market.Quotes(symbol).WithCancellation(Stop))
{
    Print($"bid {quote.Bid} ask {quote.Ask} from {quote.Stamp.Connection}");
    break;
}

while (Connections.Route(symbol).Trading is null)
{
    await Task.Delay(50, Stop);
}

var connection = Connections.Route(symbol).Trading.Value;
await simulator.InjectAsync(connection, "answer-lost", new FaultSettings { Count = 1, Requests = "orders" }, Stop);
await simulator.InjectAsync(connection, "drop-events", new FaultSettings { For = TimeSpan.FromSeconds(20), Channel = "orders,fills" }, Stop);
simulator.Schedule([new ScheduledFault(connection, "latency", TimeSpan.Zero) { Settings = new FaultSettings { For = TimeSpan.FromSeconds(2), Delay = TimeSpan.FromMilliseconds(100), Requests = "queries" } }]);

var order = Orders.Buy(symbol, quantity);
var answered = await order.Answered;
Print($"after the request: {answered.Knowledge} ({answered.Reason})");
var done = await order.Done;
Print($"in the end: {done.Status} {done.FilledQuantity} at {done.AverageFillPrice} on {done.Connection}");
foreach (var line in simulator.FaultTranscript(connection))
{
    Print(line);
}

var position = Portfolio.Position(symbol).Net;
Print($"position {position}");
if (done.Status != OrderStatus.Filled || position.Value != quantity.Value)
{
    throw new InvalidOperationException("The order was lost or doubled.");
}
