using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tapes;

/// <summary>
/// Lets clients trade against a wire capture: house orders stand at the recorded best prices with the recorded sizes, so a
/// market order fills at the recorded touch and a resting order fills when the recorded touch crosses it. First cut: no
/// queue position, no depth beyond the touch, and our trades do not appear on the recorded public streams.
/// </summary>
internal sealed class CaptureMirror : IMarketFlow
{
    private readonly Dictionary<string, Touch> _touches = [];
    private SimulatedVenue? _venue;
    private Account? _house;

    public void Open(MatchingEngine engine, long nowMicros) => _house = new HouseAccounts(engine).Maker;

    public void Step(MatchingEngine engine, long nowMicros)
    {
        // The tape moves this market, not the clock.
    }

    public void Attach(SimulatedVenue venue) => _venue = venue;

    /// <summary>Follows one played event; <paramref name="book"/> stands in where the recording has no bookTicker.</summary>
    public void Reflect(CaptureEvent e, CaptureBook? book)
    {
        if (_venue!.Market(e.Symbol) is not { } market)
        {
            return;
        }

        switch (e.Kind)
        {
            case CaptureEventKind.Top:
                ReflectTop(market, e);
                break;
            case CaptureEventKind.Trade:
                ReflectTrade(market, e);
                break;
            case CaptureEventKind.DepthDiff when book?.BestBid is { } bid && book.BestAsk is { } ask && bid.Price < ask.Price:
                Stand(market, bid.Price, Number(bid.Quantity), ask.Price, Number(ask.Quantity));
                break;
        }
    }

    private void ReflectTop(Market market, CaptureEvent e)
    {
        using var document = JsonDocument.Parse(e.Data);
        var root = document.RootElement;
        Stand(market, Number(root, "b"), Number(root, "B"), Number(root, "a"), Number(root, "A"));
    }

    private void ReflectTrade(Market market, CaptureEvent e)
    {
        using var document = JsonDocument.Parse(e.Data);
        var root = document.RootElement;
        var id = root.TryGetProperty("t", out var single) ? single.GetInt64() : root.GetProperty("l").GetInt64();
        var taker = root.GetProperty("m").GetBoolean() ? Side.Sell : Side.Buy;
        _venue!.Execute(engine => market.Record(new PublicTrade(
            market.Symbol, id, Number(root, "p"), Number(root, "q"), taker, -id, engine.NowMicros)));
    }

    private void Stand(Market market, decimal bid, decimal bidQuantity, decimal ask, decimal askQuantity)
    {
        if (!_touches.TryGetValue(market.Symbol, out var touch))
        {
            touch = _touches[market.Symbol] = new Touch();
        }

        var top = new TopOfBook(bid, bidQuantity, ask, askQuantity);
        if (top == touch.Top)
        {
            return;
        }

        touch.Top = top;
        _venue!.Execute(engine =>
        {
            Pull(engine, touch.Bid);
            Pull(engine, touch.Ask);
            touch.Bid = Place(engine, market, Side.Buy, bid, bidQuantity);
            touch.Ask = Place(engine, market, Side.Sell, ask, askQuantity);
        });
    }

    private static void Pull(MatchingEngine engine, Order? order)
    {
        if (order is { IsOpen: true })
        {
            engine.Cancel(order);
        }
    }

    private Order? Place(MatchingEngine engine, Market market, Side side, decimal price, decimal quantity) =>
        price <= 0 || quantity <= 0 ? null : engine.Place(_house!, new NewOrder
        {
            Symbol = market.Symbol,
            Side = side,
            Type = OrderType.Limit,
            Price = price,
            Quantity = quantity,
        }).Order;

    private static decimal Number(JsonElement root, string name) => Number(root.GetProperty(name).GetString()!);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private sealed class Touch
    {
        public TopOfBook Top { get; set; }
        public Order? Bid { get; set; }
        public Order? Ask { get; set; }
    }
}
