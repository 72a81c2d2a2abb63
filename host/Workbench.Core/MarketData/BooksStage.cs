using Workbench.Core.Instruments;
using Workbench.Core.Pipeline;
using Workbench.Core.Routing;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Keeps the newest values, the order book and the rules of each market at each connection, says which books may be traded on, and marks prices that nothing confirms.</summary>
internal sealed class BooksStage(MarketBoard board, RouteTable routes, PriceCheck? check, InstrumentBook instruments) : IStage
{
    /// <summary>Levels per side that readers get.</summary>
    public const int Depth = 50;

    private readonly Dictionary<(ConnectionId, Symbol), MarketState> _markets = [];
    private readonly HashSet<MarketState> _crossed = [];
    private readonly Dictionary<Symbol, ConnectionId?> _routed = [];
    private readonly PriceWatch _prices = new(board, routes, check);
    private readonly InstrumentDesk _instruments = new(instruments);
    private Timestamp _now;

    public string Name => "books";

    /// <summary>Values that were marked as suspect.</summary>
    public long Suspects => _prices.Suspects;

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        switch (message)
        {
            case RoutedMarketData routed:
                return Take(routed.Event, isRouted: true, output);
            case MarketDataArrived arrived:
                return Take(arrived.Event, isRouted: false, output);
            case MarketDataInterrupted interrupted:
                Interrupt(interrupted, output);
                return true;
            case MarketStreamEnded streamEnded:
                Interrupt(streamEnded, output);
                return true;
            case MarketDataProven proven:
                MarketOf(proven.Connection, proven.Subscription.Symbol).Slot.QuoteProblem = null;
                return true;
            case ReaderMoved { Subscription.Channel: MarketChannel.Quotes, IsThere: false } gone:
                // What nobody follows must not stop orders; if somebody still does, the next quote or silence tells.
                MarketOf(gone.Connection, gone.Subscription.Symbol).Slot.QuoteProblem = null;
                return true;
            case ReaderMoved { Subscription.Channel: MarketChannel.Book } moved:
                Follow(moved);
                return true;
            case TimePassed time:
                _now = time.At;
                Look(time.At, output);
                return true;
            case RouteMoved:
                // What moved is told first, then the new venue's books follow whole.
                output.Emit(message);
                ShowNewBooks(output);
                return false;
            default:
                _instruments.Take(message, _now, output);
                return true;
        }
    }

    private bool Take(MarketEvent e, bool isRouted, IStageOutput output)
    {
        var market = MarketOf(e.Stamp.Connection, e.Symbol);
        if (e is BookUpdate update)
        {
            Apply(market, update, isRouted, output);
            return false;
        }

        if (!_prices.IsBelievable(market, e, output))
        {
            var marked = e with { Stamp = e.Stamp with { IsSuspect = true } };
            Keep(market.Slot, marked);
            output.Emit(isRouted ? new RoutedMarketData(marked) : new MarketDataArrived(marked));
            return false;
        }

        Keep(market.Slot, e);
        return true;
    }

    private static void Keep(MarketSlot slot, MarketEvent e)
    {
        switch (e)
        {
            case Quote quote:
                (slot.Quote, slot.QuoteProblem) = (quote, null);
                break;
            case Trade trade:
                slot.Trade = trade;
                break;
            case Candle candle:
                slot.Candle = candle;
                break;
        }
    }

    private void Apply(MarketState market, BookUpdate update, bool isRouted, IStageOutput output)
    {
        market.Book.Apply(update);
        if (!market.Book.IsReady)
        {
            return;
        }

        var book = market.Book.Snapshot(update.Symbol, Depth, update.Stamp);
        market.Validity.Changed(book, update.IsSnapshot);
        if (market.Validity.CrossedSince is null)
        {
            _crossed.Remove(market);
        }
        else
        {
            _crossed.Add(market);
        }

        if (!_prices.IsBelievable(market, book, output))
        {
            book = book with { Stamp = book.Stamp with { IsSuspect = true } };
        }

        Show(market, book, isRouted, output);
    }

    private void Interrupt(MarketDataInterrupted interrupted, IStageOutput output)
    {
        var (symbol, channel) = interrupted.Subscription;
        if (channel == MarketChannel.Quotes)
        {
            MarketOf(interrupted.Connection, symbol).Slot.QuoteProblem = interrupted.Reason;
        }

        if (channel == MarketChannel.Book && _markets.TryGetValue((interrupted.Connection, symbol), out var market))
        {
            market.Validity.Interrupted(interrupted.Reason);
            Lose(market, output);
        }
    }

    private void Interrupt(MarketStreamEnded ended, IStageOutput output)
    {
        foreach (var market in _markets.Values)
        {
            // Another session may have brought its own book already, or deliver it still: every session tells its own end.
            if (market.Connection == ended.Connection && market.Book.IsReady && market.Slot.Book!.Stamp.Session == ended.Session)
            {
                market.Validity.Interrupted("the stream has ended");
                Lose(market, output);
            }
        }
    }

    private void Lose(MarketState market, IStageOutput output)
    {
        market.Slot.BookProblem = market.Followers > 0 ? market.Validity.Problem : null;
        if (market.Book.IsReady)
        {
            // Changes that still come belong to a book that is lost; only a whole one begins it anew.
            market.Book = new BookBuilder();
            Show(market, market.Slot.Book!, routes.Status(market.Symbol).Data == market.Connection, output);
        }
    }

    private void Follow(ReaderMoved moved)
    {
        var market = MarketOf(moved.Connection, moved.Subscription.Symbol);
        market.Followers += moved.IsThere ? 1 : -1;
        if (market.Followers > 0)
        {
            return;
        }

        // What nobody follows must not stop orders. The levels stay: when somebody comes back before the venue was told, its changes go on without a new snapshot.
        (market.Validity, market.Slot.BookProblem) = (new BookValidity(), null);
        _crossed.Remove(market);
        market.Slot.Book = market.Slot.Book is { } last ? last with { Problem = "nobody follows it any more" } : null;
    }

    private void Look(Timestamp now, IStageOutput output)
    {
        foreach (var market in _crossed)
        {
            if (market.Slot.Book is { } book && market.Validity.Look(now, book))
            {
                Show(market, book, routes.Status(market.Symbol).Data == market.Connection, output);
                output.Emit(new AnomalyFound($"{market.Connection}: the book of {market.Symbol} is invalid: {market.Validity.Problem}"));
            }
        }
    }

    private void Show(MarketState market, OrderBook book, bool isRouted, IStageOutput output)
    {
        var problem = market.Validity.Problem;
        book = problem == book.Problem ? book : book with { Problem = problem };
        market.Slot.Book = book;
        market.Slot.BookProblem = market.Followers > 0 ? problem : null;
        _routed[market.Symbol] = isRouted ? market.Connection : _routed.GetValueOrDefault(market.Symbol);
        output.Emit(new BookChanged(book, isRouted));
    }

    /// <summary>Readers of a route that has moved see the new venue's book at once, not with its next change.</summary>
    private void ShowNewBooks(IStageOutput output)
    {
        foreach (var market in _markets.Values)
        {
            var route = routes.Status(market.Symbol);
            if (market.Book.IsReady && route.Data == market.Connection && _routed.GetValueOrDefault(market.Symbol) != market.Connection)
            {
                var book = market.Slot.Book!;
                Show(market, book with { Stamp = book.Stamp with { IsBackup = route.DataIsBackup } }, isRouted: true, output);
            }
        }
    }

    private MarketState MarketOf(ConnectionId connection, Symbol symbol)
    {
        if (!_markets.TryGetValue((connection, symbol), out var market))
        {
            _markets[(connection, symbol)] = market = new MarketState(connection, symbol, board.SlotOf(connection, symbol), check);
        }

        return market;
    }
}
