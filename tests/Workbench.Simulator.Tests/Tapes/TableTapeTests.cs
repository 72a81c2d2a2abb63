using Workbench.Simulator.Tapes;
using Workbench.Simulator.Tests.Binance;

namespace Workbench.Simulator.Tests.Tapes;

public sealed class TableTapeTests
{
    [Theory]
    [InlineData("series/trades/binance_spot_BTCUSDT_20210108_46s.csv.gz", "BTCUSDT")]
    [InlineData("series/trades/binance_spot_TRXUSDT_20250304_48m.csv.gz", "TRXUSDT")]
    [InlineData("series/trades/binance_spot_XRPETH_20191011_13.csv.gz", "XRPETH")]
    [InlineData("series/klines/binance_spot_ADABTC_1m_20211127.csv.gz", "ADABTC")]
    [InlineData("series/klines/binance_spot_BTCUSDT_1h_20180501_05.csv.gz", "BTCUSDT")]
    public async Task Recorded_trades_happen_in_the_engine_at_their_prices(string path, string symbol)
    {
        var file = SharedData.File(path);
        var tape = TableReader.Read(file).ToList();
        await using var sim = await Simulators.StartAsync(v => v with { TapePath = file, TapeSpeed = 0 });
        var venue = sim["binance"];
        await venue.Tape!.Completion.WaitAsync(TimeSpan.FromSeconds(60));

        venue.Tape.Played.ShouldBe(tape.Count);
        var market = venue.Venue.Market(symbol)!;
        var played = venue.Venue.Execute(_ => market.Trades.TakeNewest(int.MaxValue));
        played[^1].Price.ShouldBe(tape[^1].Price);
        played[^1].TakerSide.ShouldBe(tape[^1].TakerSide);
        var recorded = tape.Select(t => t.Price).ToHashSet();
        played.ShouldAllBe(t => recorded.Contains(t.Price));
        venue.Venue.Execute(_ => market.Book.Top.BidPrice < market.Book.Top.AskPrice && market.Book.Bids.Count > 5).ShouldBeTrue();
    }

    [Theory]
    [InlineData("26129,0.01633102,4.70443515,27781,27781,1498793709153,True,True", 1498793709153000, "Sell", "0.01633102")]
    [InlineData("agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n1,2.5,3,1,1,1700000000000,false", 1700000000000000, "Buy", "2.5")]
    [InlineData("390000000,21.2,0.5,10.6,1735689600123456,False,True", 1735689600123456, "Buy", "21.2")]
    [InlineData("1735689600000000,21.2,22,20,21.5,8,1735689659999999,1,1,1,1,0", 1735689600000000, "Buy", "21.2")]
    [InlineData("open_time,open,high,low,close,volume,close_time\n1700000000000,5,6,4,4.5,8,1700000059999", 1700000000000000, "Sell", "5")]
    public async Task Public_files_are_read_with_and_without_header(string text, long micros, string side, string price)
    {
        var file = Path.Combine(Path.GetTempPath(), $"tape-{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(file, text);
        try
        {
            var first = TableReader.Read(file).First();
            (first.TimeMicros, first.TakerSide.ToString(), first.Price).ShouldBe((micros, side, decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture)));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
