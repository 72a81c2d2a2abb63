using System.Diagnostics;
using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;
using Workbench.Simulator.Faults;

namespace Workbench.Faults.Tests.Exchange;

public sealed class KeyRefusedTests
{
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(2);

    private const string Calm = "connections: { all: { stale_after: 2s, retry: { probe_interval: 2s } } }";

    public static TheoryData<string, string> Faults { get; } = new()
    {
        { "binance", "bad-signature" }, { "binance", "expired-key" }, { "binance", "ip-not-allowed" }, { "binance", "permission-lost" },
        { "bybit", "bad-signature" }, { "bybit", "expired-key" }, { "bybit", "ip-not-allowed" }, { "bybit", "permission-lost" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task E08_Refused_key_is_told_as_AUTH_and_asked_slowly_while_new_orders_go_elsewhere(string venue, string fault)
    {
        var (broken, well) = venue == "binance" ? (FaultRig.Binance, FaultRig.Bybit) : (FaultRig.Bybit, FaultRig.Binance);
        await using var rig = await FaultRig.StartAsync($"{Calm}\nroutes: {{ default: {{ data: {{ primary: {broken}, secondary: {well} }}, trading: {{ primary: {broken}, secondary: {well} }} }} }}");
        await rig.UntilAsync(() => rig.Host.Engine.Markets.Latest(well, FaultRig.Btc) is not null, "the backup has a quote, or nothing would be bought there");
        var events = rig.Events.Count;

        await rig.InjectAsync(broken, fault);
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Rejected);
        await rig.UntilAsync(() => rig.Status(broken).Reason.Contains("AUTH", StringComparison.Ordinal) && rig.Route.Trading == well, "AUTH is told and new orders have moved");
        var (status, wire) = (rig.Status(broken), rig.Venues[broken].Wire);
        (status.State, status.DataUp, status.TradingUp).ShouldBe((ConnectionState.Degraded, true, false));
        rig.Route.Data.ShouldBe(broken);

        var (signed, started) = (Signed(wire), Stopwatch.GetTimestamp());
        for (var i = 0; i < 5; i++)
        {
            var order = await rig.BuyAsync();
            order.Connection.ShouldBe(well, order.Reason);
            await TooManyRequestsTests.MoreQuotesAsync(rig, 15);
        }

        // Account, rights and stream are asked once a slow probe each, and one of them may have been due.
        var probes = (int)(Stopwatch.GetElapsedTime(started) / Probe) + 1;
        (Signed(wire) - signed).ShouldBeLessThanOrEqualTo(4 * probes);
        rig.Venues[broken].OrderRequests.ShouldBe(1);
        rig.Status(well).State.ShouldBe(ConnectionState.Connected);
        rig.Events.Since(events).Count(e => e.Kind == ConnectionEventKind.Failover).ShouldBe(1);

        await rig.ClearAsync(broken);
        await rig.UntilRoutedToAsync(broken);
        (await rig.BuyAsync()).Connection.ShouldBe(broken);
        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E08_Key_that_is_refused_from_the_start_is_told_as_AUTH_and_its_market_data_is_there(string venue)
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { WaitUntilReady = false, Yaml = Calm });
        var (broken, well) = venue == "binance" ? (FaultRig.Binance, FaultRig.Bybit) : (FaultRig.Bybit, FaultRig.Binance);
        await rig.UntilReadyAsync();

        await rig.RestartHostAsync(() => rig.InjectAsync(broken, "expired-key"));
        await rig.UntilAsync(() => rig.Status(broken) is { DataUp: true, TradingUp: false } s && s.Reason.Contains("AUTH", StringComparison.Ordinal) && rig.Route.Trading == well, "AUTH is told and orders go elsewhere");
        await rig.UntilAsync(() => rig.Host.Engine.Markets.Latest(well, FaultRig.Btc) is not null, "there is a quote to buy at");
        (await rig.BuyAsync()).Connection.ShouldBe(well);

        await rig.ClearAsync(broken);
        await rig.UntilReadyAsync();
        rig.Venues[broken].OrderRequests.ShouldBe(0);
        await rig.AssertBooksAgreeAsync();
    }

    private static int Signed(Simulator.Server.RequestTally wire) => wire.Count(RequestKinds.Account | RequestKinds.Queries | RequestKinds.Trading | RequestKinds.UserStreams);
}
