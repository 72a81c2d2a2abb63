using Workbench.Core.Connections.Standby;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Connections.Standby;

public sealed class ReadinessCheckTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly KeyRights Fine = new() { CanTrade = true, CanWithdraw = false };

    [Fact]
    public void E39_Standby_with_everything_in_place_is_ready() => Judge(Facts()).Text.ShouldBe("READY");

    [Fact]
    public void E39_Key_that_the_venue_does_not_take_is_named() =>
        Judge(Facts() with { Rights = new VenueError(VenueErrorKind.Authentication, "unknown key", "-2015") }).Text.ShouldBe("NOT READY: the venue does not take the key (Authentication -2015: unknown key)");

    [Fact]
    public void E39_Read_that_fails_is_not_a_key_that_works() =>
        Judge(Facts() with { Rights = new VenueError(VenueErrorKind.Timeout, "no answer") }).Problem.ShouldBe("a signed read fails (Timeout: no answer)");

    [Fact]
    public void E39_Key_that_may_not_trade_is_not_ready() => Judge(Facts() with { Rights = Fine with { CanTrade = false } }).Problem.ShouldBe("the key may not trade");

    [Theory]
    [InlineData(-1, "NOT READY: the key ended at 2023-11-14 22:13:19Z")]
    [InlineData(6 * 86_400, "READY, but the key ends at 2023-11-20 22:13:20Z")]
    [InlineData(8 * 86_400, "READY")]
    public void E39_End_of_the_key_is_told_a_week_ahead(int seconds, string text) =>
        Judge(Facts() with { Rights = Fine with { ExpiresAt = Some.Now + TimeSpan.FromSeconds(seconds) } }).Text.ShouldBe(text);

    [Fact]
    public void E39_Right_to_withdraw_is_called_out() => Judge(Facts() with { Rights = Fine with { CanWithdraw = true } }).Text.ShouldBe("READY, but the key may WITHDRAW: take that right away");

    [Fact]
    public void E39_Unread_balances_are_not_zero_balances()
    {
        var verdict = Judge(Facts() with { Balances = new VenueError(VenueErrorKind.Unavailable, "later") });
        (verdict.Problem, verdict.Poor.Count).ShouldBe(("the balances cannot be read (Unavailable: later)", 0));
    }

    [Theory]
    [InlineData(0, 5, true)]
    [InlineData(0, 4.99, false)]
    [InlineData(0.05, 0, true)]
    [InlineData(0.0499, 0, false)]
    [InlineData(0, 0, false)]
    public void E39_One_of_both_assets_must_be_worth_an_order(double @base, double quote, bool isReady)
    {
        var verdict = Judge(Facts() with { Balances = Held((decimal)@base, (decimal)quote) });
        (verdict.Problem is null).ShouldBe(isReady, verdict.Text);
        verdict.Poor.ContainsKey(Btc).ShouldBe(!isReady);
    }

    [Fact]
    public void E39_What_open_orders_have_locked_counts() =>
        Judge(Facts() with { Balances = ReadResult<IReadOnlyList<Balance>>.Ok([new Balance(new Asset("USDT"), Amount.Zero, new Amount(5))]) }).Problem.ShouldBeNull();

    [Fact]
    public void E38_Markets_that_cannot_be_traded_there_are_left_out_while_others_can_and_block_when_none_can()
    {
        var bad = new MarketFacts("ETH/USDT", "it is another thing", Some.Instrument("ETH/USDT"), new Price(100));
        var verdict = Judge(Facts() with { Markets = [Market(), bad] });
        verdict.Text.ShouldBe("READY, but not for ETH/USDT: it is another thing");
        Judge(Facts() with { Markets = [bad] }).ShouldSatisfyAllConditions(v => v.Problem.ShouldBe("ETH/USDT: it is another thing"), v => v.IsFinal.ShouldBeTrue());
        Judge(Facts() with { Markets = [bad], IsEveryMarket = false }).IsFinal.ShouldBeFalse("an order of another market may come");
    }

    [Fact]
    public void E43_Contradiction_is_in_the_way() => Judge(Facts() with { Contradiction = "it does not know order a" }).Problem.ShouldBe("it does not know order a");

    private static ReadinessVerdict Judge(ReadinessFacts facts) => ReadinessCheck.Judge(facts);

    private static ReadinessFacts Facts() => new(Fine, Held(1, 1000), [Market()], true, null, Some.Now);

    private static MarketFacts Market() => new(Btc, null, Some.Instrument(), new Price(100));

    private static ReadResult<IReadOnlyList<Balance>> Held(decimal @base, decimal quote) => ReadResult<IReadOnlyList<Balance>>.Ok(
        [new Balance(new Asset("BTC"), new Amount(@base), Amount.Zero), new Balance(new Asset("USDT"), new Amount(quote), Amount.Zero)]);
}
