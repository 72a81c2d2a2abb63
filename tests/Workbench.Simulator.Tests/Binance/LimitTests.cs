using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Binance;
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
}
