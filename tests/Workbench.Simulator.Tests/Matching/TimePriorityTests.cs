using Workbench.Simulator.Matching;
using Workbench.Simulator.Tests.Flow;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Matching;

public sealed class TimePriorityTests
{
    private readonly MatchingEngine _engine = new(new RecordingListener());
    private readonly Account _first = new("first");
    private readonly Account _second = new("second");
    private readonly Account _taker = new("taker");

    public TimePriorityTests()
    {
        _engine.List(new Instrument { Symbol = "AB", BaseAsset = "A", QuoteAsset = "B", TickSize = 1, StepSize = 1, ReferencePrice = 100 });
        foreach (var account in (Account[])[_first, _second, _taker])
        {
            _engine.Add(account);
            _engine.Deposit(account, "A", 100);
            _engine.Deposit(account, "B", 100_000);
        }
    }

    private Order Place(Account account, Side side, decimal quantity, decimal price) => _engine.Place(account, new NewOrder
    {
        Symbol = "AB", Side = side, Type = OrderType.Limit, Quantity = quantity, Price = price,
    }).Order!;

    [Fact]
    public void Older_order_at_a_price_fills_first()
    {
        var first = Place(_first, Side.Sell, 5, 100);
        var second = Place(_second, Side.Sell, 5, 100);

        Place(_taker, Side.Buy, 6, 100);

        (first.Executed, second.Executed).ShouldBe((5m, 1m));
    }

    [Fact]
    public void Smaller_quantity_keeps_the_place_and_larger_loses_it()
    {
        var first = Place(_first, Side.Sell, 5, 100);
        var second = Place(_second, Side.Sell, 5, 100);

        _engine.Amend(first, 4, 100).Ok.ShouldBeTrue();
        Place(_taker, Side.Buy, 1, 100);
        _engine.Amend(first, 9, 100).Ok.ShouldBeTrue();
        Place(_taker, Side.Buy, 3, 100);

        (first.Executed, second.Executed).ShouldBe((1m, 3m));
    }

    [Fact]
    public void Better_price_returns_the_difference_to_the_buyer()
    {
        Place(_first, Side.Sell, 5, 90);

        Place(_taker, Side.Buy, 5, 100);

        var quote = _taker.Balance("B");
        (quote.Free, quote.Locked).ShouldBe((100_000m - 450m, 0m));
    }

    [Fact]
    public void Market_order_on_an_empty_book_expires_with_nothing_moved()
    {
        var order = _engine.Place(_taker, new NewOrder { Symbol = "AB", Side = Side.Sell, Type = OrderType.Market, Quantity = 5 }).Order!;

        (order.Status, order.CloseReason, _taker.Balance("A").Free).ShouldBe((OrderStatus.Expired, CloseReason.InsufficientLiquidity, 100m));
    }
}
