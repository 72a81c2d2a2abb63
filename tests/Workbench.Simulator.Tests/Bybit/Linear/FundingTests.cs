using Workbench.Simulator.Bybit;
using Workbench.Simulator.Margin;

namespace Workbench.Simulator.Tests.Bybit.Linear;

public sealed class FundingTests
{
    // The bench opens at 22:13:20; with an interval of one hour funding is due at 23:00.
    private static readonly TimeSpan ToTheHour = TimeSpan.FromSeconds(2800);

    [Fact]
    public async Task S22_33_linear_funding_is_an_execution_of_its_own_kind_and_moves_the_wallet()
    {
        await using var bench = await StartAsync();
        await bench.MarketAsync("Buy", "0.5");
        await bench.CreateAsync("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"1\",\"price\":\"2900\"", "ETHUSDT");
        var wallet = bench.Margin.Wallet.Total;
        using var socket = await bench.Client.ListenAsync("execution", "position", "wallet", "order", "execution.fast");
        bench.Bench.Advance(ToTheHour - TimeSpan.FromSeconds(1));
        (await socket.DrainAsync()).ShouldBeEmpty();
        bench.Bench.Advance(TimeSpan.FromSeconds(1));
        var pushes = await socket.DrainAsync();
        pushes.Script().ShouldBe(["execution", "position", "wallet"]);

        // 0.5 × 60000 × 0.01 %, paid by the long.
        var row = pushes[0].First();
        (row.Get("execType"), row.Get("orderType"), row.Get("execFee"), row.Get("execQty"), row.Get("execPrice"), row.Get("feeRate"))
            .ShouldBe(("Funding", "UNKNOWN", "3", "0.5", "60000", "0.0001"));
        (row.Get("side"), row.Get("orderLinkId"), row.Get("closedSize"), row.Get("execTime")).ShouldBe(("Buy", "", "0", "1700002800000"));
        bench.Margin.Wallet.Total.ShouldBe(wallet - 3m);
        pushes[1].First().Get("curRealisedPnl").ShouldBe("-19.500275");
        pushes[2].First().GetProperty("coin")[0].Get("coin").ShouldBe("USDT");

        var funding = await bench.Client.PrivateGetAsync("/v5/execution/list", "category=linear&execType=Funding");
        funding.List.GetArrayLength().ShouldBe(1);
        funding.List[0].Get("execId").ShouldBe(row.Get("execId"));
        (await bench.Client.PrivateGetAsync("/v5/execution/list", "category=linear&execType=Trade")).List.GetArrayLength().ShouldBe(1);
        (await bench.Client.PrivateGetAsync("/v5/execution/list", "category=linear&symbol=BTCUSDT")).List.GetArrayLength().ShouldBe(2);
        var history = (await bench.Client.GetAsync("/v5/market/funding/history?category=linear&symbol=BTCUSDT")).List;
        (history[0].Get("fundingRate"), history[0].Get("fundingRateTimestamp")).ShouldBe(("0.0001", "1700002800000"));
    }

    [Fact]
    public async Task S22_33_linear_funding_pays_the_short_and_repeats_every_interval()
    {
        await using var bench = await StartAsync();
        await bench.MarketAsync("Sell", "2");
        bench.Bench.Advance(ToTheHour);
        bench.Bench.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        bench.Bench.Advance(TimeSpan.FromMilliseconds(1));
        var rows = (await bench.Client.PrivateGetAsync("/v5/execution/list", "category=linear&execType=Funding")).List;
        rows.EnumerateArray().Select(r => $"{r.Get("side")} {r.Get("execFee")} {r.Get("execTime")}")
            .ShouldBe(["Sell -12 1700006400000", "Sell -12 1700002800000"]);
        var ticker = (await bench.Client.GetAsync("/v5/market/tickers?category=linear&symbol=BTCUSDT")).List[0];
        (ticker.Get("nextFundingTime"), ticker.Get("fundingIntervalHour"), ticker.Get("fundingRate")).ShouldBe(("1700010000000", "1", "0.0001"));
        Conserved(bench).ShouldBe(0m);
    }

    [Fact]
    public async Task Linear_liquidation_takes_the_position_over_before_the_wallet_is_gone()
    {
        await using var bench = await StartAsync();
        bench.Bench.Venue.Execute(engine => engine.Deposit(bench.Bench.Account, "USDT", -990_000m));
        await bench.PostAsync("/v5/position/set-leverage", "\"buyLeverage\":\"50\",\"sellLeverage\":\"50\"");
        await bench.MarketAsync("Buy", "5");
        var resting = await bench.LimitAsync("Sell", "1", "61000");
        using var socket = await bench.Client.ListenAsync("order", "execution", "position", "wallet");
        using var market = await bench.Client.ConnectAsync("linear");
        await market.SubscribeAsync("allLiquidation.BTCUSDT");
        bench.MoveTo(59_000m);
        (await bench.PositionAsync()).Get("size").ShouldBe("5", "9 835 are left of 10 000, 1475 must be");
        bench.MoveTo(58_200m);
        var row = (await socket.DrainAsync()).Last(p => p.Get("topic") == "execution").First();
        (row.Get("execType"), row.Get("side"), row.Get("execQty"), row.Get("closedSize")).ShouldBe(("BustTrade", "Sell", "5", "5"));
        (await bench.PositionAsync()).Get("size").ShouldBe("0");
        var order = await bench.OrderAsync(resting.OrderId);
        (order.Get("orderStatus"), order.Get("cancelType")).ShouldBe(("Cancelled", "CancelByPrepareLiq"));
        bench.Margin.Wallet.Total.ShouldBeGreaterThanOrEqualTo(0m);
        bench.Bench.Advance(TimeSpan.FromSeconds(1));
        var told = (await market.DrainAsync()).Single().First();
        (told.Get("S"), told.Get("v"), told.Get("s")).ShouldBe(("Buy", "5", "BTCUSDT"));
        Conserved(bench).ShouldBe(0m);
    }

    [Fact]
    public async Task Linear_loss_beyond_the_wallet_is_borne_by_the_venue()
    {
        await using var bench = await StartAsync();
        bench.Bench.Venue.Execute(engine => engine.Deposit(bench.Bench.Account, "USDT", -990_000m));
        await bench.PostAsync("/v5/position/set-leverage", "\"buyLeverage\":\"50\",\"sellLeverage\":\"50\"");
        await bench.MarketAsync("Buy", "5");
        bench.MoveTo(50_000m);
        (await bench.PositionAsync()).Get("size").ShouldBe("0");
        bench.Margin.Wallet.Total.ShouldBe(0m);
        Conserved(bench).ShouldBe(0m);
    }

    private static Task<LinearBench> StartAsync() =>
        LinearBench.StartAsync(new() { Name = "bybit", Dialect = "bybit", Bybit = new BybitOptions { FundingInterval = TimeSpan.FromHours(1), IdleLimit = TimeSpan.FromDays(1) } });

    // Profits not yet realised, fees and realised profits of everybody are a sum of nothing.
    private static decimal Conserved(LinearBench bench)
    {
        var contract = bench.Linear.Prices("BTCUSDT")!.Contract;
        var mark = bench.Linear.Mark("BTCUSDT");
        var money = 0m;
        foreach (var margin in bench.Linear.Accounts.All)
        {
            var position = margin.Holding(contract)[0];
            money += position.Unrealised(mark) + Moved(margin);
        }

        return money + bench.Linear.Settlement.Fees.Balance("USDT").Total;

        decimal Moved(MarginAccount margin) => margin.Account.Id switch
        {
            "default" => margin.Wallet.Total - (margin.Wallet.Total < 500_000m ? 10_000m : 1_000_000m),
            "maker" => margin.Wallet.Total - 1_000_000_000m,
            _ => margin.Wallet.Total,
        };
    }
}
