// Trades steadily until it is killed: market orders, limit orders that are cancelled once they stand, and cancels that race their orders.
// With --set mode=report it cancels what is open, waits until everything is settled, and prints what the journal knows.
// With --set mode=one it sends one order (--set cancel=true cancels it, too) and waits. --set mode=look sends nothing.
var symbol = Symbol.Parse("BTC/USDT");
var quantity = Qty(0.001m);

foreach (var order in Orders.All.Where(o => !o.IsDone))
{
    // After a restart nothing may be on its way; what is not known says so and why.
    Print(order.Knowledge == OrderKnowledge.InFlight || (order.Knowledge == OrderKnowledge.Unknown && string.IsNullOrEmpty(order.Reason))
        ? $"violation {order.Id} is {order.Knowledge} without a reason"
        : $"inherited {order.Id} {order.Knowledge} {order.Reason}");
}

Print($"began with {Orders.All.Count} orders");
await foreach (var quote in Market.Quotes(symbol).WithCancellation(Stop))
{
    if (Connections.Route(symbol).Trading is not null)
    {
        break;
    }
}

_ = Task.Run(async () =>
{
    await foreach (var quote in Market.Quotes(symbol).WithCancellation(Stop))
    {
    }
});

switch (Args.Get("mode", "trade"))
{
    case "report":
        await ReportAsync();
        break;
    case "one":
        await OneAsync();
        break;
    case "look":
        await SettleAsync(o => o.Knowledge is OrderKnowledge.Known or OrderKnowledge.NotSent || !string.IsNullOrEmpty(o.Reason), cancel: false);
        PrintAll();
        break;
    default:
        await Orders.Buy(symbol, quantity).Answered;
        Print("trading");
        await Task.WhenAll(MarketsAsync(), StandingAsync(), RacingAsync());
        break;
}

async Task MarketsAsync()
{
    for (var i = 0; ; i++)
    {
        await Orders.Submit(OrderRequest.Market(symbol, i % 2 == 0 ? Side.Buy : Side.Sell, quantity)).Answered;
        await Task.Delay(15, Stop);
    }
}

async Task StandingAsync()
{
    foreach (var order in Orders.Open)
    {
        Orders.Cancel(order.Id);
    }

    while (true)
    {
        var order = Orders.Buy(symbol, quantity, Below(0.97m));
        await order.Answered;
        await Task.Delay(10, Stop);
        order.Cancel();
        await Task.Delay(10, Stop);
    }
}

async Task RacingAsync()
{
    while (true)
    {
        var order = Orders.Buy(symbol, quantity, Below(1.0002m));
        await Task.Delay(Random.Shared.Next(0, 6), Stop);
        order.Cancel();
        await Task.Delay(20, Stop);
    }
}

async Task OneAsync()
{
    var order = Args.Get("cancel", "false") == "true" ? Orders.Buy(symbol, quantity, Below(0.97m)) : Orders.Buy(symbol, quantity);
    Print($"sent {order.Id}");
    await order.Answered;
    Print("answered");
    if (Args.Get("cancel", "false") == "true")
    {
        order.Cancel();
    }

    await Task.Delay(-1, Stop);
}

Price Below(decimal share) => Px(Math.Round(Market.LatestQuote(symbol).Ask.Value.Value * share, 2));

async Task ReportAsync()
{
    await SettleAsync(o => o.IsDone, cancel: true);
    PrintAll();
}

async Task SettleAsync(Func<Order, bool> isSettled, bool cancel)
{
    while (!Orders.All.All(isSettled))
    {
        foreach (var order in Orders.Open.Where(o => cancel && o.Knowledge == OrderKnowledge.Known && !o.CancelRequested))
        {
            Orders.Cancel(order.Id);
        }

        await Task.Delay(50, Stop);
    }
}

void PrintAll()
{
    foreach (var order in Orders.All)
    {
        Print($"order {order.Id} {order.Knowledge} {order.Status?.ToString() ?? "-"} {order.Quantity.Value} {order.FilledQuantity.Value} {order.VenueOrderId?.Value ?? "-"} {order.Reason}");
    }

    foreach (var fill in Portfolio.Fills)
    {
        Print($"fill {fill.Report.TradeId.Value} {fill.OrderId?.Value ?? "-"} {fill.Side} {fill.Quantity.Value}");
    }

    Print($"position {Portfolio.Position(symbol).Net.Value}");
    Print("reported");
}
