using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Binance.Orders;

public sealed class OrderCountTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 5, TimeSpan.Zero));
    private readonly Account _account = new("x");

    [Fact]
    public void S20_14_order_count_has_fixed_windows()
    {
        var counts = new OrderCounts(new VenueClock(_time), enforced: true);
        for (var i = 0; i < 100; i++)
        {
            counts.Check(_account).ShouldBeNull();
            counts.Add(_account, 1);
        }

        var error = counts.Check(_account)!;
        (error.Status, error.Code, error.Message).ShouldBe((429, -1015, "Too many new orders; current limit is 100 orders per 10 SECOND."));
        error.RetryAfterSeconds.ShouldBe(5);
        _time.Advance(TimeSpan.FromSeconds(5));
        counts.Check(_account).ShouldBeNull();
        counts.Of(_account).ShouldBe((0, 100));
    }

    [Fact]
    public void S20_14_a_full_day_refuses_until_midnight_and_names_the_day()
    {
        var counts = new OrderCounts(new VenueClock(_time), enforced: true);
        counts.Add(_account, 200_000);
        _time.Advance(TimeSpan.FromSeconds(10));

        var error = counts.Check(_account)!;

        error.Message.ShouldBe("Too many new orders; current limit is 200000 orders per 1 DAY.");
        error.RetryAfterSeconds.ShouldBe((12 * 3600) - 15);
        counts.Of(_account).ShouldBe((0, 200_000));
        _time.Advance(TimeSpan.FromHours(12));
        counts.Check(_account).ShouldBeNull();
    }
}
