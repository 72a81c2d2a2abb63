using System.Globalization;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Faults;

public sealed class TradeFaultTests
{
    public static TheoryData<string> Both => ["binance", "bybit"];

    [Theory, MemberData(nameof(Both))]
    public async Task E19_Overfill_is_a_real_fill_beyond_the_quantity_and_is_told_and_listed(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var account = await bench.Client.ListenToAccountAsync();
        var before = Holdings(bench);
        await bench.Faults.InjectAsync("overfill", With(("percent", "20"), ("count", "1")));

        await bench.Client.PlaceAsync("over", 60_001m, 0.01m);
        bench.Advance();
        await bench.Client.PlaceAsync("right", 60_001m, 0.01m);
        bench.Advance();

        var order = bench.Find("over");
        (order.Quantity, order.Executed, order.Status, order.Fills!.Count).ShouldBe((0.01m, 0.012m, OrderStatus.Filled, 2));
        bench.Find("right").Executed.ShouldBe(0.01m, "one strike was asked for");
        var fills = 0;
        while (fills < 3)
        {
            fills += bench.Client.Told(await account.ReceiveJsonAsync()) == "fill" ? 1 : 0;
        }

        (await bench.Client.QueryAsync("over")).Text.ShouldContain("\"0.012");
        Holdings(bench).Btc.ShouldBe(before.Btc + 0.022m - (0.02m * 0.001m));
        Conserved(bench);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E20_Bust_takes_the_trade_back_with_its_money_and_says_nothing_of_it(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        var before = Holdings(bench);
        await bench.Faults.InjectAsync("trade-bust", With(("delay", "2s")));
        await bench.Client.PlaceAsync("void", 60_001m, 0.01m);
        bench.Advance();
        bench.Find("void").Executed.ShouldBe(0.01m);

        bench.Advance(TimeSpan.FromSeconds(2));

        var order = bench.Find("void");
        (order.Executed, order.ExecutedQuote, order.Fills!.Count).ShouldBe((0m, 0m, 0));
        Holdings(bench).ShouldBe(before);
        bench.Venue.Execute(_ => bench.Account.Trades("BTCUSDT").Count).ShouldBe(0);
        (await bench.Client.QueryAsync("void")).Text.ShouldNotContain("\"0.01\",\"cumExecQty\":\"0.01\"");
        Conserved(bench);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E20_Correction_changes_the_price_of_a_trade_under_its_id(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        var before = Holdings(bench);
        await bench.Faults.InjectAsync("trade-bust", With(("delay", "0ms"), ("price-percent", "-1")));

        await bench.Client.PlaceAsync("cheaper", 60_001m, 0.01m);
        bench.Advance();

        var order = bench.Find("cheaper");
        var trade = order.Fills!.ShouldHaveSingleItem();
        (trade.Price, trade.QuoteQuantity, order.Executed, order.AveragePrice).ShouldBe((59_400.9m, 594.009m, 0.01m, 59_400.9m));
        Holdings(bench).Usdt.ShouldBe(before.Usdt - 594.009m);
        Conserved(bench);
    }

    [Fact]
    public async Task E20_Bust_of_what_the_account_no_longer_has_does_nothing_and_says_so()
    {
        await using var bench = await FaultBench.StartAsync("binance");
        await bench.Faults.InjectAsync("trade-bust", With(("delay", "2s")));
        await bench.Client.PlaceAsync("spent", 60_001m, 0.01m);
        bench.Venue.Execute(engine => engine.Deposit(bench.Account, "BTC", -bench.Account.Balance("BTC").Free));

        bench.Advance(TimeSpan.FromSeconds(3));

        bench.Find("spent").Executed.ShouldBe(0.01m);
        bench.Faults.Transcript[^1].ToString().ShouldContain("the account has not got what it takes");
    }

    private static FaultOptions With(params (string Name, string Value)[] options) => new() { More = options.ToDictionary(o => o.Name, o => o.Value), Symbol = "BTCUSDT" };

    private static (decimal Btc, decimal Usdt) Holdings(FaultBench bench) => bench.Venue.Execute(_ => (bench.Account.Balance("BTC").Total, bench.Account.Balance("USDT").Total));

    private static void Conserved(FaultBench bench) => bench.Venue.Execute(engine =>
    {
        var all = engine.Accounts.Values.Append(engine.Fees).Distinct().Sum(a => a.Balance("BTC").Total);
        all.ShouldBe(decimal.Parse("100020", CultureInfo.InvariantCulture));
        return true;
    });
}
