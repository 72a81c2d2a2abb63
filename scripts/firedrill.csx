// A fire drill: twelve things go wrong at the venues, one after the other, while quotes are read and small orders are placed all the time.
// Run it: workbench run scripts/firedrill.csx    (one or some of them: --set only=silence,refused)
// The host's own warnings go to the error stream: 2>/dev/null leaves the drill alone on the screen.
// It fails when an order was lost or doubled, or when the host took longer than it may to notice or to move.
using System.Globalization;

var symbol = Symbol.Parse(Args.Get("symbol", "BTC/USDT"));
var only = Args.Get("only", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
var pause = TimeSpan.FromMilliseconds(Args.Get("every", 250));
var simulator = Simulator ?? throw new InvalidOperationException("This script needs the simulator: point the connections of the route at it.");

// What the host must keep to. A silent stall is the hardest to notice: the sockets are up and the pings are answered.
var noticeSilence = TimeSpan.FromSeconds(3);
var moveData = TimeSpan.FromSeconds(2);
var moveOrders = TimeSpan.FromSeconds(1);

const int Width = 80;
const string Indent = "             ";
var patience = TimeSpan.FromSeconds(60);
var returnAlone = TimeSpan.FromSeconds(4);
var look = TimeSpan.FromMilliseconds(5);
var began = Clock.GetTimestamp();
var trades = new List<Placed>();
var problems = new List<string>();
var rows = new List<Drill>();

await Reach("both connections are up", patience, () => Connections.All.Count(c => c.DataUp && c.TradingUp) >= 2 && Connections.Route(symbol) is { Data: not null, Trading: not null, DataIsBackup: false, TradingIsBackup: false });
var primary = Connections.Route(symbol).Trading.Value;
var backup = Connections.All.First(c => c.Id != primary && c.TradingUp).Id;
var opening = new[] { primary, backup }.ToDictionary(c => c, c => Portfolio.Balances(c).ToDictionary(b => b.Asset, b => b.Free.Value + b.Locked.Value));

var feed = new Feed();
var unknown = new HashSet<ClientOrderId>();
var book = new Feed();
var tasks = new[] { ReadQuotes(), ReadBooks(), ReadOrders(), Trade() };

Drill[] drills =
[
    new("refused", $"Nobody listens any more: every connection to {primary} is refused.", Moves: Legs.Both, Hold: 4,
        () => Inject("refuse")),
    new("silence", "The streams fall silent. Sockets stay open, pings are answered.", Moves: Legs.Both, Hold: 3,
        () => Inject("stall-streams")),
    new("black-hole", "We are heard and hear nothing: no answer, no event comes back.", Moves: Legs.Both, Hold: 3,
        () => Inject("asymmetric-loss")),
    new("5xx", "Orders are executed and answered with errors; no fill is told.", Moves: Legs.Orders, Hold: 2, async () =>
    {
        await Inject("drop-events", new FaultSettings { Channel = "orders,fills" });
        await Inject("error-5xx", new FaultSettings { Requests = "orders", BeforeExecution = false });
    }),
    new("429", "Too many requests, says the venue, and to wait two seconds.", Moves: Legs.None, Hold: 3,
        () => Inject("too-many-requests", new FaultSettings { For = TimeSpan.FromSeconds(2), Options = new Dictionary<string, string> { ["retry-after"] = "2" } })),
    new("418", "The address is banned for five seconds.", Moves: Legs.Orders, Hold: 5,
        () => Inject("banned", new FaultSettings { For = TimeSpan.FromSeconds(4), Options = new Dictionary<string, string> { ["retry-after"] = "5" } })),
    new("close", "Every socket breaks off (1006); the next are told to wait (1013).", Moves: Legs.None, Hold: 4, async () =>
    {
        await Inject("close-socket", new FaultSettings { Options = new Dictionary<string, string> { ["code"] = "1006" } });
        await Inject("close-socket", new FaultSettings { Count = 2, For = TimeSpan.FromSeconds(2), Options = new Dictionary<string, string> { ["code"] = "1013", ["phase"] = "connect" } });
    }),
    new("gap", "A change of the order book goes missing.", Moves: Legs.None, Hold: 2,
        () => Inject("book-gap", new FaultSettings { Count = 1 })),
    new("crossed", "The book is crossed: the best bid lies above the best ask.", Moves: Legs.None, Hold: 4,
        () => Inject("crossed-book", new FaultSettings { Symbol = symbol })),
    new("latency", "Every answer takes a hundred times as long: two seconds.", Moves: Legs.None, Hold: 10,
        () => Inject("latency", new FaultSettings { Delay = TimeSpan.FromSeconds(2), Options = new Dictionary<string, string> { ["jitter"] = "0" } })),
    new("shutdown", "A restart is announced; three seconds on, sockets are closed.", Moves: Legs.None, Hold: 5,
        () => Inject("planned-shutdown", new FaultSettings { Options = new Dictionary<string, string> { ["notice"] = "3s" } })),
    new("no-venue", $"Nobody listens at {primary} nor at {backup}.", Moves: Legs.Both, Hold: 5, async () =>
    {
        await Inject("refuse");
        await simulator.InjectAsync(backup, "refuse", Stop);
    }),
];

if (only.Except(drills.Select(d => d.Name)).ToList() is [var stranger, ..])
{
    throw new ArgumentException($"There is no drill '{stranger}'. There are: {string.Join(", ", drills.Select(d => d.Name))}.");
}

Print($"Fire drill: {symbol} at {primary}, with {backup} as its backup.");
Print($"Quotes are read and an order is placed every {pause.TotalMilliseconds:0} ms.");
foreach (var drill in drills.Where(d => only.Length == 0 || only.Contains(d.Name)))
{
    await Run(drill);
}

feed.IsOver = true;
await Within(tasks[^1], patience, "the last order");
Summary();
await Reach("every order is settled and the balances are those of the venues", patience, () => Differences().Count == 0, mayFail: true);
problems.AddRange(Differences());
if (problems.Count > 0)
{
    throw new InvalidOperationException($"The fire drill failed: {string.Join("; ", problems)}.");
}

Print($"{trades.Count} orders, {trades.Count(t => unknown.Contains(t.Handle.Id))} of them unknown for a while; none lost, none doubled:");
Print($"the fills are the balances at {primary} and at {backup} to the last digit.");

async Task Run(Drill drill)
{
    await Reach("the markets are well before the next fault", patience, IsHome);
    rows.Add(drill);
    Print();
    Wrapped($"{rows.Count,2}  {drill.Name,-10} ", drill.What);
    var first = trades.Count;
    feed.Restart();
    book.Restart();
    (drill.Started, drill.Data, drill.Trading) = (Clock.GetTimestamp(), primary, primary);
    await drill.Begin();
    await Reach($"{drill.Name} was noticed", patience, () => Look(drill), mayFail: true);
    await simulator.ClearAsync(primary, null, Stop);
    await simulator.ClearAsync(backup, null, Stop);
    drill.Ended = Since(drill);
    Say(drill.Ended.Value, "the fault is over");
    await Reach($"{primary} is well after {drill.Name}", patience, () =>
    {
        Look(drill);
        return IsWell() && trades.Skip(first).SkipLast(2).All(t => t.Handle.Done.IsCompleted);
    });
    drill.Recovered = Since(drill) - drill.Ended.Value;
    await ComeHome(drill);
    Say(Since(drill), drill.Moved ? $"everything is back at {primary}" : $"all is well at {primary}");
    drill.Gap = feed.LongestGap;
    Count(drill, [.. trades.Skip(first)]);
    Judge(drill);
}

// A venue that fails again soon after its return must be well for longer and longer before it is trusted. A drill cannot wait for that.
async Task ComeHome(Drill drill)
{
    bool IsBack()
    {
        Look(drill);
        return IsHome();
    }

    await Reach("the route returns by itself", returnAlone, IsBack, mayFail: true);
    var route = Connections.Route(symbol);
    if ((route.TradingHalf.HoldDownUntil ?? route.DataHalf.HoldDownUntil) is { } until)
    {
        Say(Since(drill), $"held down until {until.ToDateTimeOffset():HH:mm:ss} UTC, as it failed so often; the operator takes it back");
        await Connections.FailBackAsync(symbol);
    }

    await Reach($"the route is back at {primary}", patience, IsBack);
}

// Notes what has changed since the last look; true when the fault need not go on.
bool Look(Drill drill)
{
    var now = Since(drill);
    var status = Connections.All.First(c => c.Id == primary);
    var route = Connections.Route(symbol);
    if (drill.Noticed is null && (status.State != ConnectionState.Connected || !status.DataUp || !status.TradingUp))
    {
        drill.Noticed = now;
        Say(now, $"noticed: {status.Reason}");
    }

    // The breaker's opening ends trading, but so may a stale book or a lost stream.
    if (drill.Shut is null && (!status.TradingUp || status.TradingBreaker == BreakerState.Open))
    {
        drill.Shut = now;
    }

    if (drill.Data != route.Data)
    {
        drill.Data = route.Data;
        drill.DataMoved ??= now;
        Say(now, route.Data is { } data ? $"quotes come from {data}" : "no quotes from anywhere; the last ones stay, with their age");
    }

    if (drill.Trading != route.Trading)
    {
        drill.Trading = route.Trading;
        drill.OrdersMoved ??= now;
        Say(now, route.Trading is { } trading ? $"new orders go to {trading}" : "new orders are not accepted");
    }

    return now >= TimeSpan.FromSeconds(drill.Hold)
        && (!drill.Moves.HasFlag(Legs.Data) || drill.DataMoved is not null)
        && (!drill.Moves.HasFlag(Legs.Orders) || drill.OrdersMoved is not null);
}

bool IsWell() => Connections.All.Where(c => c.Id == primary || c.Id == backup).All(c => c is { State: ConnectionState.Connected, DataUp: true, TradingUp: true });

bool IsHome() => IsWell() && Connections.Route(symbol) is { DataIsBackup: false, TradingIsBackup: false } route && route.Data == primary && route.Trading == primary;

void Count(Drill drill, IReadOnlyList<Placed> placed)
{
    var states = placed.Select(t => t.Handle.State).ToList();
    var moved = states.Count(o => o.Connection == backup);
    var open = states.Count(o => unknown.Contains(o.Id));
    var denied = states.Count(o => o.Connection is null && o.IsDone);
    var refused = states.Count(o => o.Status == OrderStatus.Rejected);
    drill.Affected = placed.Count(t => t.Handle.State is var o && (o.Connection == backup || unknown.Contains(o.Id) || o.Status == OrderStatus.Rejected || (o.Connection is null && o.IsDone)));
    drill.Orders = placed.Count;
    string[] parts = [Part(moved, $"at {backup}"), Part(open, "unknown for a while"), Part(denied, "not accepted"), Part(refused, "refused by the venue")];
    var crossed = book.Crossed == 0 ? "" : $" and came crossed {book.Crossed} times";
    Wrapped(Indent, $"quotes paused for {Seconds(drill.Gap)} at most, the book for {Seconds(book.LongestGap)}{crossed}");
    Wrapped(Indent, $"{placed.Count} orders{string.Concat(parts)}");
}

string Part(int count, string what) => count == 0 ? "" : $", {count} {what}";

void Judge(Drill drill)
{
    if (drill.Name == "silence")
    {
        Bound(drill, "noticing it", drill.Noticed, noticeSilence);
    }

    Bound(drill, "moving the data", drill.DataMoved - drill.Noticed, moveData);
    Bound(drill, "moving new orders", drill.OrdersMoved - drill.Shut, moveOrders);
}

void Bound(Drill drill, string what, TimeSpan? took, TimeSpan limit)
{
    if (took > limit)
    {
        problems.Add($"{drill.Name}: {what} took {Seconds(took)} and may take {Seconds(limit)}");
    }
}

void Summary()
{
    var table = Table("Fault", "Noticed", "Data moved", "Orders moved", "Data gap", "Affected", "Recovered");
    foreach (var d in rows)
    {
        table.Row(d.Name, Seconds(d.Noticed), Seconds(d.DataMoved), Seconds(d.OrdersMoved), Seconds(d.Gap), $"{d.Affected} of {d.Orders}", Seconds(d.Recovered));
    }

    Print();
    Print(table);
    Print();
    Print("Times count from the fault, \"recovered\" from its end. \"-\": nothing had to move.");
    Print();
    Bounds("silence noticed", rows.Where(d => d.Name == "silence").Max(d => d.Noticed), noticeSilence);
    Bounds("data moved after the fault was noticed", rows.Max(d => d.DataMoved - d.Noticed), moveData);
    Bounds("new orders moved after the gate was shut", rows.Max(d => d.OrdersMoved - d.Shut), moveOrders);
    Print();
}

void Bounds(string what, TimeSpan? slowest, TimeSpan limit) => Print($"{what,-42}{Seconds(slowest),8} at most, {Seconds(limit)} allowed");

// The venue's own word about the money, against what the fills make of the opening balances.
IReadOnlyList<string> Differences()
{
    var found = trades.Where(t => !t.Handle.Done.IsCompleted).Select(t => $"order {t.Handle.Id} is not settled: {t.Handle.State.Knowledge}").ToList();
    found.AddRange(trades.Select(t => t.Handle.State).Where(o => Portfolio.Fills.Where(f => f.OrderId == o.Id).Sum(f => f.Quantity.Value) != o.FilledQuantity.Value).Select(o => $"the fills of order {o.Id} are not what it filled"));
    foreach (var (connection, before) in opening)
    {
        var fills = Portfolio.Fills.Where(f => f.Connection == connection && f.Symbol == symbol).ToList();
        var now = Portfolio.Balances(connection).ToDictionary(b => b.Asset, b => b.Free.Value + b.Locked.Value);
        foreach (var asset in new[] { symbol.Base, symbol.Quote })
        {
            var reckoned = before[asset] + fills.Sum(f => Change(f, asset));
            if (now[asset] != reckoned)
            {
                found.Add($"{connection} has {now[asset]} {asset}, and the fills make it {reckoned}");
            }
        }
    }

    return found;
}

decimal Change(Fill fill, Asset asset)
{
    var sign = fill.Side == Side.Buy ? 1 : -1;
    var traded = asset == symbol.Base ? sign * fill.Quantity.Value : -sign * fill.Quantity.Value * fill.Price.Value;
    return traded - (fill.Report.FeeAsset == asset ? fill.Report.Fee.Value : 0);
}

async Task Trade()
{
    for (var side = Side.Buy; !feed.IsOver; side = side == Side.Buy ? Side.Sell : Side.Buy)
    {
        trades.Add(new Placed(Orders.Submit(OrderRequest.Market(symbol, side, Qty(0.001m)))));
        await Task.Delay(pause, Clock, Stop);
    }
}

async Task ReadQuotes()
{
    await foreach (var quote in Market.Quotes(symbol, Delivery.EveryEvent))
    {
        feed.Heard(Clock.GetElapsedTime(began));
    }
}

async Task ReadBooks()
{
    await foreach (var b in Market.Books(symbol, Delivery.EveryEvent))
    {
        book.Heard(Clock.GetElapsedTime(began), b.IsCrossed);
    }
}

async Task ReadOrders()
{
    await foreach (var order in Orders.Changes())
    {
        if (order.Knowledge == OrderKnowledge.Unknown)
        {
            unknown.Add(order.Id);
        }
    }
}

async Task Reach(string what, TimeSpan limit, Func<bool> isReached, bool mayFail = false)
{
    var start = Clock.GetTimestamp();
    while (!isReached())
    {
        if (Clock.GetElapsedTime(start) > limit)
        {
            if (mayFail)
            {
                return;
            }

            throw new TimeoutException($"Waited in vain until {what}. {string.Join(" ", Connections.All.Select(c => $"{c.Id} is {c.State}: {c.Reason}."))}");
        }

        await Task.Delay(look, Clock, Stop);
    }
}

Task Inject(string fault, FaultSettings settings = null) => simulator.InjectAsync(primary, fault, settings, Stop);

TimeSpan Since(Drill drill) => Clock.GetElapsedTime(drill.Started);

void Say(TimeSpan at, string what) => Wrapped($"{Seconds(at),12} ", what);

// What does not fit into the line goes on below.
void Wrapped(string line, string text)
{
    foreach (var word in text.Split(' '))
    {
        if (line.Length + 1 + word.Length > Width)
        {
            Print(line);
            line = Indent;
        }

        line += $" {word}";
    }

    Print(line);
}

string Seconds(TimeSpan? time) => time is { } t ? string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:0.00} s") : "-";

// A fault, what happens, whether everything must move away from it, and how many seconds it lasts at least. The rest is what was seen.
record Drill(string Name, string What, Legs Moves, int Hold, Func<Task> Begin)
{
    public long Started;
    public ConnectionId? Data, Trading;
    public TimeSpan? Noticed, Shut, DataMoved, OrdersMoved, Ended, Recovered;
    public TimeSpan Gap;
    public int Orders, Affected;

    public bool Moved => DataMoved is not null || OrdersMoved is not null;
}

[Flags]
enum Legs
{
    None = 0,
    Data = 1,
    Orders = 2,
    Both = 3,
}

record Placed(IOrderHandle Handle);

// The longest pause between two events of the market, whoever they came from.
class Feed
{
    private TimeSpan? _last;

    public bool IsOver { get; set; }

    public TimeSpan LongestGap { get; private set; }

    public int Crossed { get; private set; }

    public void Restart() => (LongestGap, Crossed) = (TimeSpan.Zero, 0);

    public void Heard(TimeSpan at, bool isCrossed = false)
    {
        LongestGap = _last is { } last && at - last > LongestGap ? at - last : LongestGap;
        Crossed += isCrossed ? 1 : 0;
        _last = at;
    }
}
