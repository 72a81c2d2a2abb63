using System.Globalization;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class TradeAndCandleTests
{
    [Fact]
    public async Task S22_15_a_message_holds_1024_trades_at_most()
    {
        await using var bench = await BybitBench.StartAsync();
        for (var i = 0; i < 1030; i++)
        {
            bench.Quote(Side.Sell, 60_000m, 0.001m);
        }

        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("publicTrade.BTCUSDT");
        await bench.Client.LimitAsync("Buy", "1.03", "60000");
        var pushes = await socket.DrainAsync();
        pushes.ConvertAll(p => p.GetProperty("data").GetArrayLength()).ShouldBe([1024, 6]);
        var trades = pushes.SelectMany(p => p.GetProperty("data").EnumerateArray()).ToList();
        trades.Select(t => t.GetProperty("seq").GetInt64()).ShouldBeInOrder();
        trades.Select(t => long.Parse(t.Get("i"), CultureInfo.InvariantCulture)).ShouldBeInOrder();
        var rest = (await bench.Client.GetAsync("/v5/market/recent-trade?category=spot&symbol=BTCUSDT")).List;
        rest.GetArrayLength().ShouldBe(60);
        rest.EnumerateArray().Select(t => (t.Get("execId"), t.Get("seq"))).ShouldBe(
            trades.AsEnumerable().Reverse().Take(60).Select(t => (t.Get("i"), t.Get("seq"))));
    }

    [Theory]
    [InlineData("1", 60)]
    [InlineData("3", 180)]
    [InlineData("5", 300)]
    [InlineData("15", 900)]
    [InlineData("30", 1800)]
    [InlineData("60", 3600)]
    [InlineData("120", 7200)]
    [InlineData("240", 14_400)]
    [InlineData("360", 21_600)]
    [InlineData("720", 43_200)]
    [InlineData("D", 86_400)]
    public async Task S22_16_bars_of_every_length_start_where_it_divides_the_day(string interval, int seconds)
    {
        await using var bench = await BybitBench.StartAsync();
        var bars = (await bench.Client.GetAsync($"/v5/market/kline?category=spot&symbol=BTCUSDT&interval={interval}&limit=3")).List;
        var starts = bars.EnumerateArray().Select(b => long.Parse(b[0].GetString()!, CultureInfo.InvariantCulture)).ToList();
        starts.ShouldBe(starts.OrderDescending());
        starts.ShouldAllBe(s => s % (seconds * 1000L) == 0);
        starts.Zip(starts.Skip(1), (a, b) => a - b).ShouldAllBe(d => d == seconds * 1000L);
        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync($"kline.{interval}.BTCUSDT");
        var bar = (await socket.ReceiveAsync()).First();
        (bar.GetProperty("start").GetInt64(), bar.Get("interval")).ShouldBe((starts[0], interval));
        (bar.GetProperty("end").GetInt64() - starts[0]).ShouldBe((seconds * 1000L) - 1);
    }

    [Theory]
    [InlineData("W", DayOfWeek.Monday)]
    [InlineData("M", null)]
    public async Task S22_16_weeks_start_on_mondays_and_months_on_their_first(string interval, DayOfWeek? weekday)
    {
        await using var bench = await BybitBench.StartAsync();
        var bar = (await bench.Client.GetAsync($"/v5/market/kline?category=spot&symbol=BTCUSDT&interval={interval}&limit=1")).List[0];
        var start = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(bar[0].GetString()!, CultureInfo.InvariantCulture));
        start.TimeOfDay.ShouldBe(TimeSpan.Zero);
        (weekday is null ? start.Day == 1 : start.DayOfWeek == weekday).ShouldBeTrue($"{start}");
    }

    [Fact]
    public async Task S22_16_start_and_end_cut_the_list_and_the_open_bar_is_its_newest()
    {
        await using var bench = await BybitBench.StartAsync(nowMillis: 1_700_000_070_000);
        const string Path = "/v5/market/kline?category=spot&symbol=BTCUSDT&interval=1";
        (await bench.Client.GetAsync(Path)).List.GetArrayLength().ShouldBe(200);
        (await bench.Client.GetAsync(Path)).List[0][0].GetString().ShouldBe("1700000040000", "the bar that is still open");
        var cut = (await bench.Client.GetAsync(Path + "&start=1699999800000&end=1699999920000")).List;
        cut.EnumerateArray().Select(b => b[0].GetString()).ShouldBe(["1699999920000", "1699999860000", "1699999800000"]);
        (await bench.Client.GetAsync(Path + "&start=1699999800000&end=1699999920000&limit=1")).List[0][0].GetString().ShouldBe("1699999920000");
        (await bench.Client.GetAsync("/v5/market/kline?category=spot&symbol=BTCUSDT&interval=2")).Code.ShouldBe(10001);
    }
}
