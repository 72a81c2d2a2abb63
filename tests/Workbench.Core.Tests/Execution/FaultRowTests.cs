using Workbench.Core.Execution;
using Workbench.Core.Portfolio;
using Workbench.Sdk;
using static Workbench.Core.Tests.Execution.Given;

namespace Workbench.Core.Tests.Execution;

/// <summary>What venues do to orders, one row of the fault catalogue after the other, on the core alone.</summary>
public sealed class FaultRowTests
{
    private readonly Given _given = new();

    [Fact]
    public void E10_Order_accepted_after_the_timeout_is_adopted_and_never_sent_again()
    {
        Sent();
        _given.Answered(Given.Unknown).Wanted.ShouldBeEmpty();
        _given.Wait(4);
        _given.LookedUp(Absent).Wanted.ShouldBeEmpty();
        _given.Wait(4);
        _given.LookedUp(_given.Report(OrderStatus.New));
        (_given.Order.Knowledge, _given.Order.Status, _given.Order.Attempt).ShouldBe((OrderKnowledge.Known, OrderStatus.New, 1));
        _given.Effects.OfType<SendOrder>().Count().ShouldBe(1);
    }

    [Fact]
    public void E11_Not_found_for_a_live_order_is_inconclusive_and_looked_up_again()
    {
        _given.Working();
        for (var i = 0; i < 20; i++)
        {
            _given.Wait(15);
            _given.LookedUp(Absent);
        }

        (_given.Order.Status, _given.Order.IsDone).ShouldBe((OrderStatus.New, false));
        _given.Core.Unsettled.ShouldBe([_given.Order]);
        new UnknownResolver(_given.Core, _ => new ResolverBounds(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)).Proven(_given.Now).ShouldBeEmpty();
    }

    [Fact]
    public void E12_Refusal_as_duplicate_means_that_the_first_exists_and_asks_for_it()
    {
        Sent();
        var result = _given.Answered(Rejected(VenueErrorKind.DuplicateClientOrderId));
        result.Effects.ShouldHaveSingleItem().ShouldBeOfType<LookUpOrder>();
        result.Wanted.ShouldBeEmpty();
        _given.LookedUp(_given.Report(OrderStatus.New));
        (_given.Order.Knowledge, _given.Order.Attempt).ShouldBe((OrderKnowledge.Known, 1));
        _given.Effects.OfType<SendOrder>().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("symbol")]
    public void E14_Answer_for_another_order_leaves_this_one_unknown_with_an_alarm(string what)
    {
        Sent();
        var report = what == "id" ? _given.Report(OrderStatus.New) with { ClientOrderId = ClientOrderIds.Create("abc", 1, 9, 0) } : _given.Report(OrderStatus.New) with { Symbol = "ETH/USDT" };
        _given.Answered(new OrderOutcome.Accepted(report, []));
        (_given.Order.Knowledge, _given.Order.VenueOrderId).ShouldBe((OrderKnowledge.Unknown, null));
        _given.Anomalies.ShouldHaveSingleItem();
        _given.Effects[^1].ShouldBeOfType<LookUpOrder>();
    }

    [Fact]
    public void E15_Fill_before_the_acknowledgement_is_applied_and_the_late_word_changes_nothing()
    {
        Sent();
        _given.Filled(0.4m);
        (_given.Order.Status, _given.Order.FilledQuantity).ShouldBe((OrderStatus.PartiallyFilled, new Quantity(0.4m)));
        _given.Answered(_given.Accepted(OrderStatus.New));
        (_given.Order.Status, _given.Order.FilledQuantity).ShouldBe((OrderStatus.PartiallyFilled, new Quantity(0.4m)));
        _given.Anomalies.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(OrderStatus.Cancelled)]
    [InlineData(OrderStatus.Expired)]
    [InlineData(OrderStatus.Rejected)]
    public void E16_Fill_after_the_end_is_applied_with_an_alarm(OrderStatus end)
    {
        Sent();
        _given.Reported(end, 0);
        _given.Order.IsDone.ShouldBeTrue();
        _given.Filled(0.4m);
        (_given.Order.FilledQuantity, _given.Fills.Count, _given.Anomalies.Count).ShouldBe((new Quantity(0.4m), 1, 1));
    }

    [Fact]
    public void E17_Fill_that_comes_by_stream_and_by_read_is_applied_once()
    {
        _given.Working();
        _given.Filled(0.4m, trade: "x");
        _given.Filled(0.4m, trade: "x");
        _given.Answered(_given.Accepted(OrderStatus.PartiallyFilled, 0.4m, _given.Fill(0.4m, trade: "x")));
        _given.Apply(new FillReported(_given.Now, Binance, _given.Fill(0.4m, trade: "x") with { ClientOrderId = null }));
        (_given.Order.FilledQuantity, _given.Fills.Count).ShouldBe((new Quantity(0.4m), 1));
        _given.Anomalies.ShouldBeEmpty();
    }

    [Fact]
    public void E19_Overfill_is_applied_and_halts_the_instrument_with_an_alarm()
    {
        _given.Working();
        _given.Filled(0.8m);
        _given.Filled(0.5m);
        (_given.Order.FilledQuantity, _given.Order.Leaves, _given.Order.IsDone).ShouldBe((new Quantity(1.3m), Quantity.Zero, true));
        _given.Core.Halted.ShouldHaveSingleItem().Key.ShouldBe((Binance, Btc));
        _given.Anomalies.ShouldHaveSingleItem().ShouldStartWith("HALTED: BTC/USDT at binance");
        _given.Apply(new EpochStarted(_given.Now, 2));
        _given.Core.Halted.Count.ShouldBe(1, "a restart lifts nothing");
    }

    [Fact]
    public void E20_Trade_bust_is_a_reversing_entry_and_the_history_keeps_both()
    {
        _given.Working();
        _given.Filled(0.4m, 100, "x");
        _given.Filled(0.6m, 110, "y");
        Bust(0.4m, 100, "x");
        (_given.Order.FilledQuantity, _given.Order.TakenBackQuantity, _given.Order.AverageFillPrice).ShouldBe((new Quantity(0.6m), new Quantity(0.4m), new Price(110)));
        (_given.Order.IsDone, _given.Order.Leaves).ShouldBe((true, Quantity.Zero), "what is void does not fill again");
        _given.Fills.Count.ShouldBe(3);
        _given.Anomalies.ShouldHaveSingleItem();
        var portfolio = new PortfolioBook();
        foreach (var fill in _given.Fills)
        {
            portfolio.Apply(fill);
        }

        portfolio.Total(Btc).Net.Value.ShouldBe(0.6m);
    }

    [Fact]
    public void E20_Correction_is_a_reversal_and_a_new_fill()
    {
        _given.Working();
        _given.Filled(0.4m, 100, "x");
        Bust(0.1m, 100, "x");
        (_given.Order.FilledQuantity, _given.Order.Leaves, _given.Order.Status).ShouldBe((new Quantity(0.3m), new Quantity(0.6m), OrderStatus.PartiallyFilled));
        _given.Filled(0.6m);
        (_given.Order.Status, _given.Order.FilledQuantity, _given.Order.IsDone).ShouldBe((OrderStatus.Filled, new Quantity(0.9m), true));
        _given.Core.Halted.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0.5, 100, "x")]
    [InlineData(0.4, 101, "x")]
    [InlineData(0.4, 100, "never")]
    public void E20_Bust_that_does_not_fit_a_trade_changes_nothing_and_is_told(double quantity, double price, string trade)
    {
        _given.Working();
        _given.Filled(0.4m, 100, "x");
        Bust((decimal)quantity, (decimal)price, trade);
        (_given.Order.FilledQuantity, _given.Fills.Count, _given.Anomalies.Count).ShouldBe((new Quantity(0.4m), 1, 1));
    }

    [Fact]
    public void E20_Bust_that_comes_twice_is_booked_once()
    {
        _given.Working();
        _given.Filled(0.4m, 100, "x");
        var bust = _given.Fill(0.2m, 100, "b") with { Side = Side.Sell, Reverses = new TradeId("x") };
        _given.Apply(new FillReported(_given.Now, Binance, bust));
        _given.Apply(new FillReported(_given.Now, Binance, bust));
        (_given.Order.FilledQuantity, _given.Fills.Count).ShouldBe((new Quantity(0.2m), 2));
    }

    [Theory]
    [InlineData("too late")]
    [InlineData("unknown order")]
    [InlineData("timeout")]
    public void E22_Cancel_that_failed_or_got_no_answer_frees_nothing_before_the_venue_was_asked(string how)
    {
        _given.Working();
        _given.CancelAsked();
        _given.Order.Leaves.ShouldBe(new Quantity(1), "a cancel on its way frees nothing");
        var result = _given.CancelAnswered(how switch
        {
            "timeout" => Given.Unknown,
            "unknown order" => Rejected(VenueErrorKind.NotFound),
            _ => Rejected(),
        });
        (_given.Order.IsDone, _given.Order.Leaves).ShouldBe((false, new Quantity(1)));
        if (how != "too late")
        {
            result.Effects.ShouldHaveSingleItem().ShouldBeOfType<LookUpOrder>();
        }

        _given.Filled(1);
        (_given.Order.Status, _given.Order.FilledQuantity).ShouldBe((OrderStatus.Filled, new Quantity(1)));
    }

    private void Sent()
    {
        _given.Apply(new IntentCreated(_given.Now, _given.Id, OrderRequest.Limit(Btc, Side.Buy, new Quantity(1), new Price(100)), "test") { MaxAttempts = 8 });
        _given.Apply(new AttemptPrepared(_given.Now, _given.Id, Binance, false, true, NewOrder(_given.Id)));
    }

    private void Bust(decimal quantity, decimal price, string trade) =>
        _given.Apply(new FillReported(_given.Now, Binance, _given.Fill(quantity, price) with { Side = Side.Sell, Reverses = new TradeId(trade) }));
}
