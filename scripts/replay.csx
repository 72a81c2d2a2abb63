// Plays a recording of an exchange through the real connector and compares the order book it rebuilds with the best bid and ask that were recorded beside it.
// Run it: workbench run scripts/replay.csx --set tape=FILE.jsonl.gz [--set speed=0] [--set dialect=binance]
// Wherever book and quote carry the same update id, price and quantity of both sides must be equal; below 99.9 % agreement the script fails.
var path = Args.Require<string>("tape", "a recording, such as binance_spot_BTCUSDT.jsonl.gz");
var required = Args.Get("required", 99.9m);
var idle = TimeSpan.FromSeconds(2);

var tape = await Simulator.PlayAsync(path, Args.Get("dialect", "binance"), Args.Get("speed", 0), Stop);
try
{
    Print($"Playing {path} as {tape.Connection}: {string.Join(", ", tape.Symbols)}");
    var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
    var comparisons = tape.Symbols.Select(s => new Comparison(s)).ToList();
    var reading = Task.WhenAll(comparisons.Select(c => c.ReadAsync(tape.Connection, end.Token)).ToList());
    await Task.WhenAny(reading, AllRead(comparisons));
    end.Cancel();
    await reading;
    Stop.ThrowIfCancellationRequested();
    Report(comparisons);
}
finally
{
    await tape.DisposeAsync();
}

// The tape has been sent; what is still on its way through the connector has arrived when nothing comes any more.
async Task AllRead(List<Comparison> comparisons)
{
    await tape.Finished.WaitAsync(Stop);
    for (var before = -1L; before != comparisons.Sum(c => c.Messages);)
    {
        before = comparisons.Sum(c => c.Messages);
        await Task.Delay(idle, Clock, Stop);
    }
}

void Report(List<Comparison> comparisons)
{
    var table = Table("Symbol", "Messages", "Quotes", "Books", "Crossed", "Comparisons", "Agreements", "Percent");
    foreach (var c in comparisons)
    {
        table.Row(c.Symbol, c.Messages, c.Quotes, c.Books, c.Crossed, c.Compared, c.Agreed, c.Compared == 0 ? "-" : Percent(c.Agreed, c.Compared));
    }

    var compared = comparisons.Sum(c => c.Compared);
    var agreed = comparisons.Sum(c => c.Agreed);
    Print(table);
    foreach (var difference in comparisons.SelectMany(c => c.Differences))
    {
        Print(difference);
    }

    if (comparisons.Sum(c => c.Quotes) == 0)
    {
        ReportBooks(comparisons);
        return;
    }

    if (compared == 0)
    {
        throw new InvalidOperationException("Nothing could be compared: no book and no quote carry the same update id.");
    }

    Print($"Messages {comparisons.Sum(c => c.Messages)}, comparisons {compared}, agreements {agreed}: {Percent(agreed, compared)} %");
    if (100m * agreed / compared < required)
    {
        throw new InvalidOperationException($"The rebuilt book agrees with the recording in {Percent(agreed, compared)} % of {compared} comparisons; at least {Numbers.Text(required)} % are required.");
    }
}

void ReportBooks(List<Comparison> comparisons)
{
    var books = comparisons.Sum(c => c.Books);
    var crossed = comparisons.Sum(c => c.Crossed);
    Print($"The recording has no best bid and ask to compare with. Book events applied: {books}, crossed books: {crossed}.");
    if (books == 0 || crossed > 0)
    {
        throw new InvalidOperationException(books == 0 ? "No book came out of the recording." : $"{crossed} of {books} books were crossed: the best bid stood at or above the best ask.");
    }
}

// Rounded down, so that 100 means all of them.
static string Percent(long part, long whole) => Numbers.Text(decimal.Floor(100_000_000m * part / whole) / 1_000_000m);

class Comparison
{
    const int Window = 10_000;
    const int MaxDifferences = 5;
    readonly Dictionary<long, Top> _quotes = new();
    readonly Dictionary<long, Top> _books = new();
    readonly Queue<long> _quoteOrder = new();
    readonly Queue<long> _bookOrder = new();

    public Comparison(Symbol symbol) => Symbol = symbol;

    public Symbol Symbol { get; }
    public long Messages { get; private set; }
    public long Quotes { get; private set; }
    public long Books { get; private set; }
    public long Crossed { get; private set; }
    public long Compared { get; private set; }
    public long Agreed { get; private set; }
    public List<string> Differences { get; } = new();

    public async Task ReadAsync(ConnectionId connection, CancellationToken end)
    {
        try
        {
            await foreach (var e in Market.Events(Symbol, via: connection, cancellationToken: end))
            {
                Messages++;
                Take(e);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // the end of the tape
        }
    }

    void Take(MarketEvent e)
    {
        switch (e)
        {
            case Quote quote:
                Quotes++;
                var recorded = new Top(quote.Bid, quote.BidQuantity, quote.Ask, quote.AskQuantity);
                Remember(_quotes, _quoteOrder, quote.Stamp.Sequence, recorded);
                if (_books.TryGetValue(quote.Stamp.Sequence, out var book))
                {
                    Compare(quote.Stamp.Sequence, book, recorded);
                }

                break;
            case OrderBook now:
                Books++;
                Crossed += now.IsCrossed || now.IsLocked ? 1 : 0;
                var rebuilt = new Top(now.BestBid?.Price, now.BestBid?.Quantity ?? default, now.BestAsk?.Price, now.BestAsk?.Quantity ?? default);
                Remember(_books, _bookOrder, now.Stamp.Sequence, rebuilt);
                if (_quotes.TryGetValue(now.Stamp.Sequence, out var quoted))
                {
                    Compare(now.Stamp.Sequence, rebuilt, quoted);
                }

                break;
        }
    }

    void Compare(long id, Top book, Top quote)
    {
        Compared++;
        if (book == quote)
        {
            Agreed++;
        }
        else if (Differences.Count < MaxDifferences)
        {
            Differences.Add($"  {Symbol} update {id}: book {book}, recorded {quote}");
        }
    }

    // The two streams run side by side; what one brings now the other has brought or will bring soon.
    static void Remember(Dictionary<long, Top> window, Queue<long> order, long id, Top top)
    {
        if (id != 0 && !window.ContainsKey(id))
        {
            order.Enqueue(id);
        }

        if (id != 0)
        {
            window[id] = top;
        }

        if (order.Count > Window)
        {
            window.Remove(order.Dequeue());
        }
    }
}

record struct Top(Price? Bid, Quantity BidQuantity, Price? Ask, Quantity AskQuantity)
{
    public override string ToString() => $"bid {Bid} x {BidQuantity}, ask {Ask} x {AskQuantity}";
}
