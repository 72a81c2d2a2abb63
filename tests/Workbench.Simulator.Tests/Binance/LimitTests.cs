using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Binance;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Binance;

public sealed class LimitTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 5, TimeSpan.Zero));

    [Fact]
    public void S20_13_too_much_weight_is_429_and_going_on_is_a_growing_ban()
    {
        var limits = new RequestLimits(new VenueClock(_time), enforced: true);
        limits.Charge(6000).ShouldBeNull();

        var first = limits.Charge(1)!;
        (first.Status, first.Code, first.RetryAfterSeconds).ShouldBe((429, -1003, 55));

        ApiError? last = null;
        for (var i = 0; i < 10; i++)
        {
            last = limits.Charge(1);
        }

        (last!.Status, last.RetryAfterSeconds).ShouldBe((418, 120));
        last.Message.ShouldContain("IP banned until 17");
        _time.Advance(TimeSpan.FromSeconds(119));
        limits.Charge(0)!.Status.ShouldBe(418);
        _time.Advance(TimeSpan.FromSeconds(2));
        limits.Charge(1).ShouldBeNull();
    }

    [Fact]
    public void S20_14_order_count_has_fixed_windows()
    {
        var limits = new RequestLimits(new VenueClock(_time), enforced: true);
        var account = new Account("x");
        for (var i = 0; i < 100; i++)
        {
            limits.CheckOrders(account).ShouldBeNull();
            limits.CountOrder(account, 1);
        }

        var error = limits.CheckOrders(account)!;
        (error.Status, error.Code, error.Message).ShouldBe((429, -1015, "Too many new orders; current limit is 100 orders per 10 SECOND."));
        _time.Advance(TimeSpan.FromSeconds(5));
        limits.CheckOrders(account).ShouldBeNull();
        limits.Orders(account).ShouldBe((0, 100));
    }
}
