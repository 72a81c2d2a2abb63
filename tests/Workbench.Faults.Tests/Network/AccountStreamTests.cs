using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;
using Workbench.Simulator.Faults;

namespace Workbench.Faults.Tests.Network;

public sealed class AccountStreamTests
{
    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task N22_Account_stream_whose_key_expired_shuts_trading_and_not_data_and_reads_the_account_when_it_is_back(string venue)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, "expired-key");
        await rig.InjectAsync(connection, "close-socket", new FaultSettings { Requests = "user-streams" });

        await rig.UntilAsync(() => !rig.Status(connection).TradingUp, "trading is shut");
        rig.Status(connection).DataUp.ShouldBeTrue();
        rig.Status(connection).Reason.ShouldNotBe("ok");

        var reads = rig.Venues[connection].Wire.Count(RequestKinds.Account);
        await rig.ClearAsync(connection);
        await rig.UntilReadyAsync();
        rig.Venues[connection].Wire.Count(RequestKinds.Account).ShouldBeGreaterThan(reads);
        await rig.AssertBooksAgreeAsync();
    }
}
