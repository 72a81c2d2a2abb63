// Trades, has the simulator cut the primary exchange twice (connection refused, then silence), trades on at the backup, and returns.
// Run it: workbench run scripts/failover.csx
// It ends with a table in which the sum of all fills must equal the position; anything else, or anything that does not come in time, fails the script.
using System.Threading.Channels;

var symbol = Symbol.Parse(Args.Get("symbol", "BTC/USDT"));
var patience = TimeSpan.FromSeconds(60);
var simulator = Simulator ?? throw new InvalidOperationException("This script needs the simulator: point the connections of the route at it.");
var mine = new List<Order>();

// Subscribed before anything is cut: an event cannot slip through between a fault and the wait for its effect.
var happened = Channel.CreateUnbounded<ConnectionEvent>();
var listening = Listen();

await WaitForRoute("both sides of the route to be up", r => r.Data != null && r.Trading != null && !r.DataIsBackup && !r.TradingIsBackup);
var primary = Connections.Route(symbol).Trading.Value;
Print($"Primary of {symbol} is {primary}.");
await PrintQuotes(3, q => q.Stamp.Connection == primary && !q.Stamp.IsBackup, $"quotes from {primary}");
await Trade(atBackup: false);

foreach (var fault in new[] { "refuse", "silence" })
{
    Print();
    Print($"--- {primary}: {fault} ---");
    while (happened.Reader.TryRead(out var earlier))
    {
        Print($"[{earlier.Kind}] {earlier.Connection}: {earlier.Message}");
    }

    await simulator.InjectAsync(primary, fault, Stop);
    await WaitFor(ConnectionEventKind.Failover);
    await WaitForRoute("data and trading at the backup", r => r.DataIsBackup && r.TradingIsBackup && r.Data != null && r.Trading != null);
    await PrintQuotes(3, q => q.Stamp.IsBackup, "quotes from the backup");
    await Trade(atBackup: true);

    Print($"--- {primary}: {fault} is over ---");
    await simulator.ClearAsync(primary, fault, Stop);
    await WaitFor(ConnectionEventKind.Failback);
    await WaitForRoute("data and trading back at the primary", r => r.Data == primary && r.Trading == primary && !r.DataIsBackup && !r.TradingIsBackup);
    await PrintQuotes(1, q => q.Stamp.Connection == primary && !q.Stamp.IsBackup, $"a quote from {primary}");
}

await Trade(atBackup: false);
Report();

async Task Listen()
{
    try
    {
        await foreach (var e in Connections.Events(Stop))
        {
            happened.Writer.TryWrite(e);
        }
    }
    finally
    {
        happened.Writer.TryComplete();
    }
}

async Task WaitFor(ConnectionEventKind kind)
{
    await Within(Next(), patience, $"the {kind} of {symbol}");

    async Task Next()
    {
        await foreach (var e in happened.Reader.ReadAllAsync(Stop))
        {
            Print($"[{e.Kind}] {e.Connection}: {e.Message}");
            if (e.Kind == kind)
            {
                return;
            }
        }

        throw new InvalidOperationException($"The connection events ended before the {kind}.");
    }
}

// A route has two halves, and they need not move at the same moment.
async Task WaitForRoute(string what, Func<RouteStatus, bool> isReached)
{
    try
    {
        await Within(Reached(), patience, what);
    }
    catch (TimeoutException e)
    {
        throw new TimeoutException($"{e.Message} The route is {Connections.Route(symbol)}.");
    }

    async Task Reached()
    {
        while (!isReached(Connections.Route(symbol)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Clock, Stop);
        }
    }
}

async Task PrintQuotes(int count, Func<Quote, bool> isWanted, string what)
{
    await Within(Read(), patience, what);

    async Task Read()
    {
        var left = count;
        await foreach (var quote in Market.Quotes(symbol))
        {
            if (!isWanted(quote))
            {
                continue; // from before the switch
            }

            Print($"  bid {quote.Bid}  ask {quote.Ask}  from {quote.Stamp.Connection}  backup={(quote.Stamp.IsBackup ? "true" : "false")}");
            if (--left == 0)
            {
                return;
            }
        }

        throw new InvalidOperationException($"The quotes of {symbol} ended before {what} came.");
    }
}

async Task Trade(bool atBackup)
{
    var handle = Orders.Buy(symbol, Qty(0.001m));
    var answered = await Within(handle.Answered, patience, $"the answer to order {handle.Id}");
    if (answered.Knowledge != OrderKnowledge.Known || answered.Status == OrderStatus.Rejected)
    {
        throw new InvalidOperationException($"Order {handle.Id} was not accepted ({answered.Knowledge}, {answered.Status?.ToString() ?? "no status"}): {answered.Reason ?? "no reason given"}");
    }

    var done = await Within(handle.Done, patience, $"the end of order {handle.Id}");
    mine.Add(done);
    await Within(Recorded(), patience, $"the fills of order {handle.Id} in the portfolio");
    foreach (var fill in FillsOf(done))
    {
        Print($"  filled {fill.Side} {fill.Quantity} at {fill.Price} on {fill.Connection}{(fill.IsBackup ? " (backup)" : "")}");
    }

    if (done.Status != OrderStatus.Filled || done.IsBackup != atBackup || FillsOf(done).Any(f => f.IsBackup != atBackup))
    {
        throw new InvalidOperationException($"Order {done.Id} should have been filled at the {(atBackup ? "backup" : "primary")}: it is {done.Status} at {done.Connection}, backup={done.IsBackup}. {done.Reason}");
    }

    async Task Recorded()
    {
        while (FillsOf(done).Sum(f => f.Quantity.Value) < done.FilledQuantity.Value)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Clock, Stop);
        }
    }
}

IEnumerable<Fill> FillsOf(Order order) => Portfolio.Fills.Where(f => f.OrderId == order.Id);

void Report()
{
    var all = Portfolio.Fills.Where(f => f.Symbol == symbol).ToList();
    var ids = mine.Select(o => o.Id).ToHashSet();
    var table = Table("Connection", "Fills of this run", "Bought in this run", "Net of all fills", "Position");
    foreach (var group in all.GroupBy(f => f.Connection).OrderBy(g => g.Key.Value))
    {
        var run = group.Where(f => f.OrderId is { } id && ids.Contains(id)).ToList();
        var held = Portfolio.Positions.Where(p => p.Symbol == symbol && p.Connection == group.Key).Sum(p => p.Net.Value);
        table.Row(group.Key, run.Count, run.Sum(f => f.Quantity.Value), Net(group), held);
    }

    var ofRun = all.Where(f => f.OrderId is { } id && ids.Contains(id)).ToList();
    var position = Portfolio.Position(symbol).Net.Value;
    table.Row("total", ofRun.Count, ofRun.Sum(f => f.Quantity.Value), Net(all), position);
    Print();
    Print(table);

    var asked = mine.Sum(o => o.FilledQuantity.Value);
    if (Net(all) != position || ofRun.Sum(f => f.Quantity.Value) != asked)
    {
        throw new InvalidOperationException($"The books do not agree: fills {Net(all)}, position {position}; fills of this run {ofRun.Sum(f => f.Quantity.Value)}, its orders {asked}.");
    }

    Print($"The sum of the fills equals the position: {Net(all)} = {position}.");
}

decimal Net(IEnumerable<Fill> fills) => fills.Sum(f => NetQuantity.Of(f.Side, f.Quantity).Value);
