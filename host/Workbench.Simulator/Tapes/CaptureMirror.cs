using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tapes;

/// <summary>
/// Puts a wire capture into the matching engine, so that clients can trade with it: recorded depth, best prices and trades of
/// each symbol. <see cref="TapeMarket"/> says how orders fill. The recorded public messages go out as they were recorded;
/// clients' own orders and trades do not appear in them.
/// </summary>
internal sealed class CaptureMirror : IMarketFlow
{
    private readonly Dictionary<string, (TapeMarket Market, RecordedDepth Depth)> _symbols = [];
    private SimulatedVenue? _venue;
    private HouseAccounts? _house;

    public void Open(MatchingEngine engine, long nowMicros) => _house = new HouseAccounts(engine);

    public void Step(MatchingEngine engine, long nowMicros)
    {
        // The tape moves this market, not the clock.
    }

    public void Attach(SimulatedVenue venue) => _venue = venue;

    /// <summary>A whole book was recorded.</summary>
    public void Restart(CaptureBook book) => With(book.Symbol, (engine, symbol) =>
        symbol.Depth.Replace(engine, book.Levels(Side.Buy), book.Levels(Side.Sell), book.LastId));

    /// <summary>Follows one played event; <paramref name="book"/> is the symbol's, for a difference.</summary>
    public void Reflect(CaptureEvent e, CaptureBook? book, CaptureSymbol indexed)
    {
        switch (e.Kind)
        {
            case CaptureEventKind.Top:
                With(e.Symbol, (engine, symbol) => symbol.Depth.Top(engine, Top(e)));
                break;
            case CaptureEventKind.Trade when !indexed.HasTrades || e.Stream.EndsWith("@trade", StringComparison.Ordinal):
                With(e.Symbol, (engine, symbol) => Trade(engine, symbol.Market, e));
                break;
            case CaptureEventKind.DepthDiff when book is { IsReady: true }:
                With(e.Symbol, (engine, symbol) => Change(engine, symbol.Depth, e));
                break;
        }
    }

    /// <summary>Follows one played Bybit message; <paramref name="book"/> is that of its topic, already moved on.</summary>
    public void ReflectTopic(CaptureEvent e, RecordedBook? book, bool isWhole, CaptureSymbol indexed)
    {
        switch (e.Kind)
        {
            case CaptureEventKind.Top when book is { IsReady: true, Top: { Bid: > 0, Ask: > 0 } top }:
                With(e.Symbol, (engine, symbol) => symbol.Depth.Top(engine, top));
                break;
            case CaptureEventKind.DepthDiff when book is { IsReady: true } && e.Stream == indexed.DeepestBook:
                With(e.Symbol, (engine, symbol) =>
                {
                    if (isWhole)
                    {
                        symbol.Depth.Replace(engine, book.Levels(Side.Buy), book.Levels(Side.Sell), book.Sequence);
                        return;
                    }

                    using var document = JsonDocument.Parse(e.Data);
                    symbol.Depth.Change(engine, Levels(document.RootElement.GetProperty("data")), book.Sequence);
                });
                break;
            case CaptureEventKind.Trade:
                With(e.Symbol, (engine, symbol) => Trades(engine, symbol.Market, e));
                break;
        }
    }

    private void With(string name, Action<MatchingEngine, (TapeMarket Market, RecordedDepth Depth)> action) => _venue!.Execute(engine =>
    {
        if (_venue.Market(name) is not { } market)
        {
            return;
        }

        if (!_symbols.TryGetValue(name, out var symbol))
        {
            var tape = new TapeMarket(market.Book, _house!, quotesMayFill: true);
            symbol = _symbols[name] = (tape, new RecordedDepth(tape));
        }

        action(engine, symbol);
    });

    private static void Change(MatchingEngine engine, RecordedDepth depth, CaptureEvent e)
    {
        using var document = JsonDocument.Parse(e.Data);
        var root = document.RootElement;
        depth.Change(engine, Levels(root), root.GetProperty("u").GetInt64());
    }

    private static IEnumerable<(Side Side, decimal Price, decimal Quantity)> Levels(JsonElement root) =>
        root.GetProperty("b").EnumerateArray().Select(l => (Side.Buy, Number(l[0]), Number(l[1])))
            .Concat(root.GetProperty("a").EnumerateArray().Select(l => (Side.Sell, Number(l[0]), Number(l[1]))));

    private static void Trades(MatchingEngine engine, TapeMarket market, CaptureEvent e)
    {
        using var document = JsonDocument.Parse(e.Data);
        foreach (var trade in document.RootElement.GetProperty("data").EnumerateArray())
        {
            var side = trade.GetProperty("S").GetString() == "Sell" ? Side.Sell : Side.Buy;
            var id = long.TryParse(trade.GetProperty("i").GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var recorded) ? recorded : (long?)null;
            market.Trade(engine, new TapeTrade(0, side, Number(trade.GetProperty("p")), Number(trade.GetProperty("v"))), id);
        }
    }

    private static RecordedTop Top(CaptureEvent e)
    {
        using var document = JsonDocument.Parse(e.Data);
        var root = document.RootElement;
        return new RecordedTop(
            root.GetProperty("u").GetInt64(), Number(root.GetProperty("b")), Number(root.GetProperty("B")), Number(root.GetProperty("a")), Number(root.GetProperty("A")));
    }

    private static void Trade(MatchingEngine engine, TapeMarket market, CaptureEvent e)
    {
        using var document = JsonDocument.Parse(e.Data);
        var root = document.RootElement;
        var id = root.TryGetProperty("t", out var single) ? single.GetInt64() : root.GetProperty("l").GetInt64();
        var taker = root.GetProperty("m").GetBoolean() ? Side.Sell : Side.Buy;
        market.Trade(engine, new TapeTrade(0, taker, Number(root.GetProperty("p")), Number(root.GetProperty("q"))), id);
    }

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
