using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Trading;

public sealed class KeyRightsTests
{
    private const string Path = "/v5/user/query-api";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(0, """["SpotTrade"]""", """["AccountTransfer"]""", """["*"]""", true, false, false)]
    [InlineData(0, """["SpotTrade"]""", """["AccountTransfer","Withdraw"]""", """["203.0.113.7"]""", true, true, true)]
    [InlineData(1, """["SpotTrade"]""", "[]", """["*"]""", false, false, false)]
    [InlineData(0, "[]", "[]", "[]", false, false, false)]
    public async Task Rights_are_read_from_the_key_s_permissions(int readOnly, string spot, string wallet, string ips, bool canTrade, bool canWithdraw, bool isBound)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Path, $$$"""
            {"id":"1","note":"x","apiKey":"k","readOnly":{{{readOnly}}},"secret":"","permissions":{"ContractTrade":["Order"],"Spot":{{{spot}}},"Wallet":{{{wallet}}},"Options":[],"New":{"a":[1]}},
            "ips":{{{ips}}},"type":1,"deadlineDay":90,"expiredAt":"2026-12-24T00:00:00Z","createdAt":"2026-09-24T00:00:00Z","uta":1}
            """);

        var rights = (await rig.Trading.GetKeyRightsAsync(None)).Value;

        (rights.CanTrade, rights.CanWithdraw, rights.IsAddressBound).ShouldBe((canTrade, canWithdraw, isBound));
        rights.ExpiresAt.ShouldBe(Timestamp.FromUnixMilliseconds(1798070400000));
        var call = rig.Http.Calls.ShouldHaveSingleItem();
        call.Address.AbsoluteUri.ShouldEndWith(Path);
        call.Headers.Select(h => h.Key).ShouldContain("X-BAPI-SIGN");
    }

    [Fact]
    public async Task Key_without_an_end_has_none()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Path, """{"readOnly":0,"permissions":{"Spot":["SpotTrade"],"Wallet":[]},"ips":["203.0.113.7"],"expiredAt":"1970-01-01T00:00:00Z"}""");

        (await rig.Trading.GetKeyRightsAsync(None)).Value.ExpiresAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"readOnly":0}""")]
    [InlineData("""{"permissions":{"Spot":["SpotTrade"]}}""")]
    [InlineData("""{"readOnly":0,"permissions":"all"}""")]
    [InlineData("[]")]
    public async Task Answer_without_permissions_is_an_error_and_no_guess(string result)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Path, result);

        (await rig.Trading.GetKeyRightsAsync(None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
    }

    [Fact]
    public async Task Refused_key_is_an_authentication_error()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Refuse(Path, 10003);

        (await rig.Trading.GetKeyRightsAsync(None)).Error!.Kind.ShouldBe(VenueErrorKind.Authentication);
    }
}
