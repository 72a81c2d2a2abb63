using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Binance.Orders;

public sealed class BalanceTests
{
    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_23_limit_buy_locks_fills_release_the_improvement_and_cancel_unlocks(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var usdt = (await bench.BalanceAsync("USDT")).Free;
        var btc = (await bench.BalanceAsync("BTC")).Free;
        var ask = bench.Ask;
        var better = ask - 0.02m;
        bench.Other(Side.Sell, 0.004m, better);

        (await bench.LimitAsync("BUY", 0.01m, ask - 0.01m, "newClientOrderId=buy")).Ok().Body.Str("status").ShouldBe("PARTIALLY_FILLED");

        var spent = 0.004m * better;
        var locked = 0.006m * (ask - 0.01m);
        (await bench.BalanceAsync("USDT")).ShouldBe((usdt - spent - locked, locked));
        (await bench.BalanceAsync("BTC")).ShouldBe((btc + 0.004m - 0.000004m, 0m));
        (await bench.CallAsync("order.cancel", $"symbol={OrderBench.Symbol}&origClientOrderId=buy")).Ok().Body.Dec("executedQty").ShouldBe(0.004m);
        (await bench.BalanceAsync("USDT")).ShouldBe((usdt - spent, 0m));
    }

    [Fact]
    public async Task S20_23_sells_pay_in_quote_at_the_makers_rate_when_they_rested()
    {
        await using var bench = await OrderBench.StartAsync(change: o => o with { MakerFee = 0.0005m, TakerFee = 0.001m });
        var usdt = (await bench.BalanceAsync("USDT")).Free;
        var price = bench.Ask - 0.01m;

        (await bench.LimitAsync("SELL", 0.01m, price, "newClientOrderId=sell")).Ok();
        (await bench.BalanceAsync("BTC")).Locked.ShouldBe(0.01m);
        bench.Other(Side.Buy, 0.01m, price);

        (await bench.BalanceAsync("USDT")).Free.ShouldBe(usdt + (0.01m * price * 0.9995m));
        var trade = (await bench.CallAsync("myTrades", $"symbol={OrderBench.Symbol}")).Body.EnumerateArray().ShouldHaveSingleItem();
        (trade.GetProperty("isMaker").GetBoolean(), trade.Str("commissionAsset"), trade.Dec("commission")).ShouldBe((true, "USDT", 0.01m * price * 0.0005m));
        var commission = (await bench.CallAsync("account.commission", $"symbol={OrderBench.Symbol}")).Ok().Body.GetProperty("standardCommission");
        (commission.Dec("maker"), commission.Dec("taker")).ShouldBe((0.0005m, 0.001m));
    }

    [Fact]
    public async Task S20_23_commission_follows_the_volume_from_the_next_day_on()
    {
        await using var bench = await OrderBench.StartAsync(change: o => o with { FeeTiers = [new VolumeFees(500, 0.0008m, 0.0009m)] });
        var price = bench.Ask - 0.01m;
        bench.Other(Side.Sell, 1, price);
        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.1")).Ok().Body.GetProperty("fills")[0].Dec("commission").ShouldBe(0.0001m);

        bench.Time.Advance(TimeSpan.FromDays(1));

        bench.Other(Side.Sell, 1, bench.Ask - 0.01m);
        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.1")).Ok().Body.GetProperty("fills")[0].Dec("commission").ShouldBe(0.00009m);
        var commission = (await bench.CallAsync("account.commission", $"symbol={OrderBench.Symbol}")).Ok().Body.GetProperty("standardCommission");
        (commission.Dec("maker"), commission.Dec("taker")).ShouldBe((0.0008m, 0.0009m));
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_23_commission_in_bnb_is_three_quarters_and_leaves_what_was_bought_whole(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire, o => o with { Instruments = ["BTC/USDT", "BNB/USDT"], Binance = o.Binance with { PaysFeesInBnb = true } });
        var bnb = (await bench.BalanceAsync("BNB")).Free;
        var btc = (await bench.BalanceAsync("BTC")).Free;
        var price = bench.Ask - 0.01m;
        bench.Other(Side.Sell, 1, price);

        var fill = (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.1")).Ok().Body.GetProperty("fills")[0];

        var worth = bench.Venue.Venue.Market("BNBUSDT")!.LastPrice;
        var due = decimal.Round(0.1m * price * 0.001m * 0.75m / worth, 8, MidpointRounding.ToZero);
        (fill.Str("commissionAsset"), fill.Dec("commission")).ShouldBe(("BNB", due));
        (await bench.BalanceAsync("BNB")).Free.ShouldBe(bnb - due);
        (await bench.BalanceAsync("BTC")).Free.ShouldBe(btc + 0.1m);
        var discount = (await bench.CallAsync("account.commission", $"symbol={OrderBench.Symbol}")).Ok().Body.GetProperty("discount");
        (discount.GetProperty("enabledForAccount").GetBoolean(), discount.GetProperty("enabledForSymbol").GetBoolean(), discount.Str("discountAsset"), discount.Dec("discount")).ShouldBe((true, true, "BNB", 0.75m));

        bench.Venue.Venue.Execute(engine => engine.Deposit(bench.Account, "BNB", -engine.Accounts["default"].Balance("BNB").Free));
        var poor = (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.1")).Ok().Body.GetProperty("fills")[0];
        (poor.Str("commissionAsset"), poor.Dec("commission")).ShouldBe(("BTC", 0.0001m));
    }

    [Fact]
    public async Task S20_23_without_the_switch_or_a_price_the_discount_is_off()
    {
        await using var bench = await OrderBench.StartAsync();

        var discount = (await bench.CallAsync("account.commission", $"symbol={OrderBench.Symbol}")).Ok().Body.GetProperty("discount");

        (discount.GetProperty("enabledForAccount").GetBoolean(), discount.GetProperty("enabledForSymbol").GetBoolean()).ShouldBe((false, false));
        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.1")).Ok().Body.GetProperty("fills")[0].Str("commissionAsset").ShouldBe("BTC");
    }
}
