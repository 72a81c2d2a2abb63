using Workbench.Sdk;
using Workbench.Simulator.Faults;

namespace Workbench.Faults.Tests.Rigging;

/// <summary>The rig must not be blind: what it compares differs when it should.</summary>
public sealed class RigTests
{
    [Fact]
    public async Task Books_differ_when_either_side_has_an_order_that_the_other_has_not()
    {
        await using var one = await FaultRig.StartAsync(new RigOptions { OneVenue = true });
        await using var other = await FaultRig.StartAsync(new RigOptions { OneVenue = true });
        var order = await one.BuyAsync();
        await one.AssertBooksAgreeAsync();

        Books.Differences(one.Workbench, other.Venues).ShouldBe([
            $"{order.Id} (Filled) is not at binance",
            .. one.Venues[FaultRig.Binance].Fills.Select(f => $"the host has a fill of {f.ClientId}, {new Quantity(f.Quantity)} at {new Price(f.Price)}, that binance has not, or has it twice"),
        ]);
        Books.Differences(other.Workbench, one.Venues).ShouldContain(d => d.Contains("the host does not have there"));
        Books.Differences(other.Workbench, one.Venues).ShouldContain(d => d.Contains("the host lacks a fill"));
        Books.Differences(other.Workbench, one.Venues).ShouldContain(d => d.Contains("the position in BTCUSDT"));
    }

    [Fact]
    public async Task Host_can_be_started_again_on_the_same_data_while_its_venues_live()
    {
        await using var rig = await FaultRig.StartAsync();
        var before = await rig.BuyAsync();

        await rig.RestartHostAsync();

        rig.Workbench.Orders.All.ShouldContain(o => o.Id == before.Id && o.Status == OrderStatus.Filled);
        await rig.BuyAsync();
        rig.Venues[FaultRig.Binance].Orders.Count.ShouldBe(2);
        rig.Venues[FaultRig.Binance].Wire.Count(RequestKinds.Orders).ShouldBe(2);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public void Yaml_is_laid_over_the_configuration_key_by_key()
    {
        var merged = RigYaml.Merge("connections: { a: { x: 1, y: 2 }, b: { x: 1 } }", "connections: { all: { x: 3 }, a: { y: null }, b: { x: 4 } }");
        merged.Replace("\r", "").ShouldBe("connections: {a: {x: 3}, b: {x: 4}}\n...\n");
    }
}
