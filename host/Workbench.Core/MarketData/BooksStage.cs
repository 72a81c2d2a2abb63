using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Keeps the newest quote and the order book of each market at each connection.</summary>
internal sealed class BooksStage(QuoteBoard quotes) : IStage
{
    /// <summary>Levels per side that readers get.</summary>
    public const int Depth = 50;

    private readonly Dictionary<(ConnectionId, Symbol), BookBuilder> _books = [];

    public string Name => "books";

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        var (e, isRouted) = message switch
        {
            RoutedMarketData routed => (routed.Event, true),
            MarketDataArrived arrived => (arrived.Event, false),
            _ => (null, false),
        };
        if (e is Quote quote)
        {
            quotes.Set(quote);
        }
        else if (e is BookUpdate update)
        {
            Apply(update, isRouted, output);
            return false;
        }

        return true;
    }

    private void Apply(BookUpdate update, bool isRouted, IStageOutput output)
    {
        var key = (update.Stamp.Connection, update.Symbol);
        if (!_books.TryGetValue(key, out var book))
        {
            _books[key] = book = new BookBuilder();
        }

        book.Apply(update);
        if (book.IsReady)
        {
            output.Emit(new BookChanged(book.Snapshot(update.Symbol, Depth, update.Stamp), isRouted));
        }
    }
}
