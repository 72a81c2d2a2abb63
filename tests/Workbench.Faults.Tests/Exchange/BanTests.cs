using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class BanTests
{
    [Theory]
    [InlineData("binance", 418, "bybit")]
    [InlineData("bybit", 403, "binance")]
    public async Task E02_Ban_is_shown_and_nothing_reaches_the_venue_before_its_end_not_even_after_a_restart(string banned, int status, string other)
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { WaitUntilReady = false });
        var (connection, well) = (new ConnectionId(banned), new ConnectionId(other));
        await rig.UntilReadyAsync();

        await rig.InjectAsync(connection, "banned", Once(status, "600"));
        await rig.UntilAsync(() => rig.Status(connection).Reason.StartsWith("BANNED until ", StringComparison.Ordinal), "the ban is told");
        var told = rig.Status(connection).Reason;
        rig.Status(connection).TradingUp.ShouldBeFalse();
        (await rig.BuyAsync()).Connection.ShouldBe(well);

        // The streams are cut: nothing may be opened again.
        var wire = rig.Venues[connection].Wire;
        await rig.InjectAsync(connection, "close-socket");
        await rig.UntilAsync(() => !rig.Status(connection).DataUp && rig.Route.Data == well, "the streams are gone");
        var (requests, sockets) = (wire.Requests.Count, wire.Connections);
        await TooManyRequestsTests.MoreQuotesAsync(rig, 40);

        await rig.RestartHostAsync();
        await rig.UntilRoutedToAsync(well);
        await rig.UntilAsync(() => rig.Status(connection).Reason.StartsWith(told, StringComparison.Ordinal), $"the restarted host tells '{told}'");
        await TooManyRequestsTests.MoreQuotesAsync(rig, 40);
        (await rig.BuyAsync()).Connection.ShouldBe(well);
        (wire.Requests.Count, wire.Connections).ShouldBe((requests, sockets));
        rig.Status(connection).State.ShouldBe(ConnectionState.Down);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E02_Banned_venue_is_used_again_when_the_ban_is_over()
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");

        await rig.InjectAsync(FaultRig.Binance, "banned", Once(418, "2"));
        await rig.UntilAsync(() => rig.Status(FaultRig.Binance).Reason.StartsWith("BANNED until ", StringComparison.Ordinal), "the ban is told");
        await rig.UntilAsync(() => rig.Route.Trading == FaultRig.Bybit, "new orders have moved");

        await rig.UntilRoutedToAsync(FaultRig.Binance);
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Binance);
        rig.Venues[FaultRig.Binance].Strikes("banned").ShouldBe(1);
        await rig.AssertBooksAgreeAsync();
    }

    private static FaultSettings Once(int status, string retryAfter) => new()
    {
        Count = 1, Requests = "market-data", Status = status, Options = new Dictionary<string, string> { ["retry-after"] = retryAfter },
    };
}
