using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Trading;

public sealed class KeyRightsTests
{
    private const string Account = """{"makerCommission":10,"canTrade":true,"canWithdraw":true,"balances":[],"uid":1}""";
    private readonly Venue _venue = new();

    [Theory]
    [InlineData("""{"ipRestrict":true,"enableSpotAndMarginTrading":true,"enableWithdrawals":false}""", true, false, true)]
    [InlineData("""{"ipRestrict":false,"enableSpotAndMarginTrading":true,"enableWithdrawals":true}""", true, true, false)]
    [InlineData("""{"ipRestrict":false,"enableSpotAndMarginTrading":false,"enableWithdrawals":false}""", false, false, false)]
    public async Task Key_s_own_restrictions_decide_and_not_what_the_account_could(string restrictions, bool canTrade, bool canWithdraw, bool isBound)
    {
        _venue.Http.Then(200, Account).Then(200, restrictions);
        var rights = (await (await TradingAsync()).GetKeyRightsAsync(CancellationToken.None)).Value;
        (rights.CanTrade, rights.CanWithdraw, rights.IsAddressBound, rights.ExpiresAt).ShouldBe((canTrade, canWithdraw, isBound, null));
        _venue.Http.Calls.Select(c => c.Address.AbsolutePath).ShouldBe(["/api/v3/account", "/sapi/v1/account/apiRestrictions"]);
    }

    [Fact]
    public async Task Account_that_may_not_trade_overrules_its_key()
    {
        _venue.Http.Then(200, """{"canTrade":false,"balances":[]}""").Then(200, """{"enableSpotAndMarginTrading":true,"enableWithdrawals":false,"tradingAuthorityExpirationTime":1800000000000}""");
        var rights = (await (await TradingAsync()).GetKeyRightsAsync(CancellationToken.None)).Value;
        (rights.CanTrade, rights.ExpiresAt).ShouldBe((false, Timestamp.FromUnixMilliseconds(1800000000000)));
    }

    [Theory]
    [InlineData("""{"balances":[]}""", "{}")]
    [InlineData(Account, "{}")]
    [InlineData(Account, """{"enableSpotAndMarginTrading":true}""")]
    [InlineData(Account, "<html>")]
    public async Task Answer_that_does_not_say_it_is_an_error_and_no_guess(string account, string restrictions)
    {
        _venue.Http.Then(200, account).Then(200, restrictions);
        (await (await TradingAsync()).GetKeyRightsAsync(CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
    }

    [Fact]
    public async Task Test_network_has_no_wallet_to_ask_so_withdrawals_stay_unsaid()
    {
        await using var connector = new BinanceConnector(_venue.Context with { Environment = VenueEnvironment.Testnet });
        _venue.Http.Then(200, Account);
        var rights = (await connector.Trading!.GetKeyRightsAsync(CancellationToken.None)).Value;
        (rights.CanTrade, rights.CanWithdraw).ShouldBe((true, null));
        _venue.Http.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Refused_key_is_an_authentication_error()
    {
        _venue.Http.Then(401, """{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}""");
        (await (await TradingAsync()).GetKeyRightsAsync(CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.Authentication);
    }

    private Task<ITradingConnector> TradingAsync() => Task.FromResult(new BinanceConnector(_venue.Context).Trading!);
}
