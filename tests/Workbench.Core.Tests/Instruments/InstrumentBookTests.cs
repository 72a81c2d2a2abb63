using Workbench.Core.Instruments;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Instruments;

public sealed class InstrumentBookTests
{
    private static readonly ConnectionId Binance = new("binance");
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly Symbol Eth = "ETH/USDT";
    private readonly InstrumentBook _book = new();

    [Fact]
    public void First_reading_is_taken_as_it_is_and_closes_only_what_takes_no_orders()
    {
        Load(Some.Instrument(), Some.Instrument(Eth) with { Status = InstrumentStatus.Halted }, Some.Instrument("SOL/USDT") with { Status = InstrumentStatus.CancelOnly }).ShouldBeEmpty();
        Gate(Btc).ShouldBeNull();
        Gate(Eth)!.Code.ShouldBe("halted");
        Gate("SOL/USDT")!.Code.ShouldBe("cancel_only");
        _book.Gates.Select(g => g.Symbol.ToString()).ShouldBe(["ETH/USDT", "SOL/USDT"]);
    }

    [Fact]
    public void E30_New_rules_are_applied_and_told_with_old_and_new_numbers()
    {
        Load(Some.Instrument());
        Load(Some.Instrument() with { TickSize = 0.1m, StepSize = 0.001m, MinNotional = 10 }).ShouldHaveSingleItem()
            .ShouldBe("binance: BTC/USDT has new rules: tick was 0.01, is 0.1, step was 0.00001, is 0.001, smallest value was 5, is 10");
        Gate(Btc).ShouldBeNull();
        _book.Map(Binance).All.Single().TickSize.ShouldBe(0.1m);
        Load(Some.Instrument() with { TickSize = 0.1m, StepSize = 0.001m, MinNotional = 10 }).ShouldBeEmpty("nothing has changed since");
    }

    [Fact]
    public void E30_Refused_market_takes_no_orders_until_its_rules_were_read()
    {
        Load(Some.Instrument(), Some.Instrument(Eth));
        _book.Question(Binance, Btc, new VenueError(VenueErrorKind.InstrumentRule, "Filter failure: PRICE_FILTER", "-1013"), Some.Now);
        Gate(Btc)!.Code.ShouldBe("rules_unread");
        Gate(Btc)!.Reason.ShouldContain("-1013");
        Gate(Eth).ShouldBeNull();
        Load(Some.Instrument(), Some.Instrument(Eth)).ShouldBeEmpty("the gate of a moment is no news");
        Gate(Btc).ShouldBeNull();
    }

    [Fact]
    public void E30_Question_does_not_open_what_is_closed_for_another_reason()
    {
        Load(Some.Instrument());
        Load(Some.Instrument() with { UnitSize = 10 });
        _book.Question(Binance, Btc, new VenueError(VenueErrorKind.InstrumentRule, "no"), Some.Now);
        Load(Some.Instrument() with { UnitSize = 10 });
        Gate(Btc)!.Cause.ShouldBe(GateCause.MeaningChanged);
    }

    [Theory]
    [InlineData("unit", "unit was 1, is 1000")]
    [InlineData("kind", "kind was Spot, is Perpetual")]
    public void E29_Market_with_another_meaning_is_closed_until_it_is_accepted(string what, string change)
    {
        var other = what == "unit" ? Some.Instrument() with { UnitSize = 1000 } : Some.Instrument() with { Kind = InstrumentKind.Perpetual };
        Load(Some.Instrument());
        Load(other).ShouldHaveSingleItem().ShouldContain(change);
        Gate(Btc)!.ShouldSatisfyAllConditions(g => g.Code.ShouldBe("instrument_changed"), g => g.NeedsAcceptance.ShouldBeTrue(), g => g.Reason.ShouldContain(change));
        Load(other).ShouldBeEmpty();
        Gate(Btc).ShouldNotBeNull("reading it again accepts nothing");
        _book.Accept(Binance, Btc, Some.Now)!.Text.ShouldContain(change);
        Gate(Btc).ShouldBeNull();
        _book.Accept(Binance, Btc, Some.Now).ShouldBeNull("there is nothing left to accept");
        Load(other).ShouldBeEmpty();
        Load(Some.Instrument()).ShouldHaveSingleItem().ShouldContain("has changed", customMessage: "back to the old meaning is a change like any other");
    }

    [Fact]
    public void E29_Change_that_is_taken_back_opens_the_market_by_itself()
    {
        Load(Some.Instrument());
        Load(Some.Instrument() with { UnitSize = 1000 });
        Load(Some.Instrument()).ShouldHaveSingleItem().ShouldBe("binance: BTC/USDT takes orders again");
        Gate(Btc).ShouldBeNull();
    }

    [Fact]
    public void E29_Venue_name_that_means_another_market_closes_both()
    {
        Load(Some.Instrument());
        var notices = Load(Some.Instrument("BTC/USD") with { VenueSymbol = "BTCUSDT" });
        notices.ShouldContain("BTCUSDT was BTC/USDT and is BTC/USD now: quote currency was USDT, is USD at binance; orders wait until it is accepted");
        (Gate(Btc)!.Code, Gate("BTC/USD")!.Code).ShouldBe(("instrument_changed", "instrument_changed"));
        _book.Accept(Binance, Btc, Some.Now).ShouldBeNull("the venue lists no such market any more");
        _book.Accept(Binance, "BTC/USD", Some.Now).ShouldNotBeNull();
        Gate("BTC/USD").ShouldBeNull();
        Gate(Btc).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("1", "0.0000001", true)]
    [InlineData("0.0001", "0.001", true)]
    [InlineData("0.1", "0.000001", false)]
    [InlineData("1", "0.001", false)]
    public void E29_Tick_and_step_that_move_a_hundredfold_against_each_other_look_like_another_unit(string tick, string step, bool isClosed)
    {
        Load(Some.Instrument());
        Load(Some.Instrument() with { TickSize = decimal.Parse(tick, System.Globalization.CultureInfo.InvariantCulture), StepSize = decimal.Parse(step, System.Globalization.CultureInfo.InvariantCulture) });
        (Gate(Btc) is not null).ShouldBe(isClosed);
    }

    [Fact]
    public void E31_Market_that_is_gone_is_delisted_and_known_and_the_others_are_not_touched()
    {
        Load(Some.Instrument(), Some.Instrument(Eth));
        Load(Some.Instrument(Eth)).ShouldHaveSingleItem().ShouldStartWith("BTC/USDT is DELISTED: BTCUSDT is no longer in the venue's list at binance");
        Gate(Btc)!.ShouldSatisfyAllConditions(g => g.Code.ShouldBe("delisted"), g => g.NeedsAcceptance.ShouldBeFalse());
        Gate(Eth).ShouldBeNull();
        _book.Known(Binance, Btc).ShouldNotBeNull();
        Load(Some.Instrument(Eth)).ShouldBeEmpty("it is told once");
        Load(Some.Instrument(), Some.Instrument(Eth)).ShouldHaveSingleItem().ShouldBe("binance: BTC/USDT takes orders again");
    }

    [Fact]
    public void E31_Renamed_market_waits_for_the_operator()
    {
        Load(Some.Instrument());
        Load(Some.Instrument() with { VenueSymbol = "XBTUSDT" });
        Gate(Btc)!.ShouldSatisfyAllConditions(g => g.Code.ShouldBe("renamed"), g => g.NeedsAcceptance.ShouldBeTrue(), g => g.Reason.ShouldContain("BTCUSDT is XBTUSDT now"));
    }

    [Fact]
    public void E31_Halt_ends_when_the_venue_says_so_and_new_rules_of_a_halted_market_are_taken()
    {
        Load(Some.Instrument());
        Load(Some.Instrument() with { Status = InstrumentStatus.Halted, TickSize = 1 });
        Gate(Btc)!.Reason.ShouldBe("BTC/USDT is HALTED at binance");
        Load(Some.Instrument() with { TickSize = 1 });
        Gate(Btc).ShouldBeNull();
    }

    private IReadOnlyList<string> Load(params Instrument[] instruments) => [.. _book.Load(Binance, new InstrumentMap(instruments), Some.Now).Select(n => n.Text)];

    private InstrumentGate? Gate(Symbol symbol) => _book.Gate(Binance, symbol);
}
