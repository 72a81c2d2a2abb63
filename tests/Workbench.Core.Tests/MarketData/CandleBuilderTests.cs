using Workbench.Core.MarketData;
using Workbench.Sdk;

namespace Workbench.Core.Tests.MarketData;

public sealed class CandleBuilderTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // 22:13:20, forty seconds before a minute ends.
    private static readonly Timestamp Start = Some.Now;
    private static readonly Timestamp NextMinute = Start + TimeSpan.FromSeconds(40);

    [Fact]
    public void Candle_of_a_whole_minute_has_open_high_low_close_and_volume_of_its_trades()
    {
        var builder = new CandleBuilder(Btc, Minute, null);
        builder.Add(Trade(0, 500)).ShouldBeEmpty();
        builder.Add(Trade(40, 100))[0].OpenTime.ShouldBe(NextMinute + -Minute, "the minute before, which we saw in part");
        builder.Add(Trade(50, 120));
        builder.Add(Trade(60, 90));
        builder.Add(Trade(99, 110));
        var closed = builder.Add(Trade(100, 111)).ShouldHaveSingleItem();
        closed.ShouldBe(new Candle(Btc, Minute, NextMinute, new Price(100), new Price(120), new Price(90), new Price(110), new Quantity(4), true, closed.Stamp));
        builder.IsWhole(closed).ShouldBeTrue();
    }

    [Fact]
    public void Trade_at_the_very_end_belongs_to_the_next_candle()
    {
        var builder = new CandleBuilder(Btc, Minute, null);
        builder.Add(Trade(39.999, 100)).ShouldBeEmpty();
        builder.Add(Trade(40, 200)).ShouldHaveSingleItem().Close.ShouldBe(new Price(100));
    }

    [Fact]
    public void Gap_without_trades_is_filled_with_the_last_price_and_no_volume()
    {
        var builder = new CandleBuilder(Btc, Minute, null);
        builder.Add(Trade(0, 100));
        var closed = builder.Add(Trade(40 + 180, 105));
        closed.Select(c => (c.OpenTime - NextMinute, c.Close.Value, c.Volume.Value)).ShouldBe([(-Minute, 100, 1), (TimeSpan.Zero, 100, 0), (Minute, 100, 0), (Minute * 2, 100, 0)]);
        closed.Skip(1).ShouldAllBe(c => builder.IsWhole(c) && c.High == c.Low);
        builder.TakeChange()!.Open.ShouldBe(new Price(105), "the first trade opens, not the last price before");
    }

    [Fact]
    public void Time_alone_closes_a_candle_and_a_trade_that_comes_later_is_left_out()
    {
        var builder = new CandleBuilder(Btc, Minute, null);
        builder.Add(Trade(30, 100));
        builder.Pass(NextMinute + TimeSpan.FromMilliseconds(-1)).ShouldBeEmpty();
        builder.Pass(NextMinute).ShouldHaveSingleItem().IsClosed.ShouldBeTrue();
        builder.Add(Trade(39, 999)).ShouldBeEmpty();
        builder.TakeChange()!.High.ShouldBe(new Price(100));
    }

    [Fact]
    public void Seed_makes_the_first_candle_whole_and_its_trades_are_not_counted_twice()
    {
        var seed = new Candle(Btc, Minute, NextMinute + -Minute, new Price(90), new Price(110), new Price(80), new Price(100), new Quantity(7), false, Some.Stamp(session: 0) with { VenueTime = Start });
        var builder = new CandleBuilder(Btc, Minute, seed);
        builder.Add(Trade(-1, 300));
        builder.Add(Trade(0, 300));
        builder.Add(Trade(1, 105));
        var forming = builder.TakeChange()!;
        (forming.Open.Value, forming.High.Value, forming.Volume.Value, forming.IsPartial).ShouldBe((90, 110, 8, false));
        var closed = builder.Add(Trade(41, 1)).ShouldHaveSingleItem();
        builder.IsWhole(closed).ShouldBeFalse("trades under way while it was read may be missing: the venue is asked at its end");
    }

    [Fact]
    public void Candle_of_an_interrupted_stream_is_partial_and_the_next_one_is_not()
    {
        var builder = new CandleBuilder(Btc, Minute, null);
        builder.Add(Trade(41, 100));
        builder.Add(Trade(101, 100));
        builder.Add(Trade(102, 100, session: 2));
        var closed = builder.Add(Trade(161, 100, session: 2)).ShouldHaveSingleItem();
        (closed.IsPartial, builder.IsWhole(closed)).ShouldBe((true, false));
        builder.Add(Trade(221, 100, session: 2)).ShouldHaveSingleItem().IsPartial.ShouldBeFalse();
    }

    [Fact]
    public void Candle_of_a_reader_that_lost_events_is_partial()
    {
        var builder = new CandleBuilder(Btc, Minute, null);
        builder.Add(Trade(41, 100));
        builder.Add(Trade(101, 100));
        builder.Lost();
        builder.Add(Trade(161, 100)).ShouldHaveSingleItem().IsPartial.ShouldBeTrue();
    }

    [Fact]
    public void Candle_of_two_venues_is_mixed_and_shows_the_stamp_of_the_newest_trade()
    {
        var builder = new CandleBuilder(Btc, Minute, null);
        builder.Add(Trade(41, 100));
        builder.Add(Trade(101, 100));
        builder.Add(Trade(102, 90, connection: "bybit"));
        var closed = builder.Add(Trade(161, 100, connection: "bybit")).ShouldHaveSingleItem();
        (closed.IsMixed, closed.Low.Value, closed.Stamp.Connection.Value, builder.IsWhole(closed)).ShouldBe((true, 90, "bybit", true));
        builder.Add(Trade(221, 100, connection: "bybit")).ShouldHaveSingleItem().IsMixed.ShouldBeFalse();
    }

    [Fact]
    public void Failover_between_two_trades_of_different_intervals_leaves_no_price_of_the_old_venue()
    {
        var builder = new CandleBuilder(Btc, Minute, null);
        builder.Add(Trade(41, 100));
        builder.Add(Trade(101, 50, connection: "bybit"));
        var closed = builder.Add(Trade(161, 51, connection: "bybit")).ShouldHaveSingleItem();
        (closed.IsMixed, closed.High.Value, closed.Stamp.Connection.Value).ShouldBe((false, 50, "bybit"));
        builder.IsWhole(closed).ShouldBeFalse("what the new venue traded before is asked for");
    }

    private static Trade Trade(double seconds, decimal price, int session = 1, string connection = "binance") =>
        new(Btc, new TradeId($"{seconds}"), new Price(price), new Quantity(1), Side.Buy, Some.Stamp(connection, session) with { VenueTime = Start + TimeSpan.FromSeconds(seconds) });
}
