using System.Globalization;
using Workbench.Core.Portfolio;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Portfolio;

public sealed class PortfolioBookTests
{
    private static readonly ConnectionId Binance = new("binance");
    private static readonly ConnectionId Bybit = new("bybit");
    private static readonly Symbol Btc = "BTC/USDT";
    private readonly PortfolioBook _book = new();
    private int _trade;

    [Fact]
    public void Position_that_never_was_is_flat()
    {
        Net(0, null, 0);
        _book.Total(Btc).Fees.ShouldBeEmpty();
        _book.Position(Binance, Btc).Net.IsFlat.ShouldBeTrue();
        _book.Positions.ShouldBeEmpty();
    }

    [Fact]
    public void Two_buys_and_a_partial_sale_are_computed_by_average_cost()
    {
        Fill(Side.Buy, 1, 100);
        Fill(Side.Buy, 3, 200);
        Net(4, 175, 0);
        Fill(Side.Sell, 1, 225);
        Net(3, 175, 50);
        Fill(Side.Sell, 3, 150);
        Net(0, null, -25);
    }

    [Fact]
    public void Short_position_earns_when_it_is_bought_back_lower()
    {
        Fill(Side.Sell, 2, 100);
        Net(-2, 100, 0);
        _book.Total(Btc).UnrealisedPnl(new Price(90)).ShouldBe(new Amount(20));
        Fill(Side.Buy, 1, 80);
        Net(-1, 100, 20);
    }

    [Fact]
    public void Flip_through_zero_realises_what_was_held_and_starts_anew_at_the_price()
    {
        Fill(Side.Buy, 1, 100);
        Fill(Side.Sell, 3, 130);
        Net(-2, 130, 30);
        Fill(Side.Buy, 5, 120);
        Net(3, 120, 50);
    }

    [Fact]
    public void Cost_that_cannot_be_divided_evenly_leaves_no_dust_when_flat()
    {
        Fill(Side.Buy, 1, 10);
        Fill(Side.Buy, 2, 11);
        Fill(Side.Sell, 1, 12);
        Fill(Side.Sell, 1, 12);
        Fill(Side.Sell, 1, 12);
        Net(0, null, 4);
    }

    [Fact]
    public void Connections_are_kept_apart_and_summed()
    {
        Fill(Side.Buy, 1, 100);
        Fill(Side.Sell, 1, 110, Bybit);
        _book.Position(Binance, Btc).Net.ShouldBe(new NetQuantity(1));
        _book.Position(Bybit, Btc).Net.ShouldBe(new NetQuantity(-1));
        _book.Position(Bybit, Btc).RealisedPnl.ShouldBe(Amount.Zero);
        Net(0, null, 10);
        _book.Positions.Count.ShouldBe(2);
        _book.Totals.Count.ShouldBe(1);
    }

    [Fact]
    public void Fees_are_kept_by_asset_and_rebates_lower_them()
    {
        Fill(Side.Buy, 1, 100, fee: 0.001m, feeAsset: "BTC");
        Fill(Side.Sell, 1, 100, fee: 0.1m, feeAsset: "USDT");
        Fill(Side.Buy, 1, 100, fee: -0.02m, feeAsset: "USDT");
        Fill(Side.Buy, 1, 100);
        _book.Total(Btc).Fees.ShouldBe(
            new Dictionary<Asset, Amount> { [new Asset("BTC")] = new(0.001m), [new Asset("USDT")] = new(0.08m) }, ignoreOrder: true);
        Net(2, 100, 0);
    }

    [Fact]
    public void Any_sequence_of_fills_adds_up()
    {
        var seed = Environment.GetEnvironmentVariable("WORKBENCH_SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : Environment.ProcessId;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed} (WORKBENCH_SEED={seed} repeats it)");
        var random = new Random(seed);
        for (var run = 0; run < 200; run++)
        {
            var book = new PortfolioBook();
            var (net, cash) = (0m, 0m);
            for (var i = 0; i < 100; i++)
            {
                var (side, quantity, price) = (random.Next(2) == 0 ? Side.Buy : Side.Sell, random.Next(1, 100_000) / 100_000m, random.Next(1, 10_000_000) / 100m);
                book.Apply(NewFill(side, quantity, price, random.Next(2) == 0 ? Binance : Bybit, i));
                net += side == Side.Buy ? quantity : -quantity;
                cash -= (side == Side.Buy ? quantity : -quantity) * price;
                var mark = new Price(random.Next(1, 10_000_000) / 100m);
                Check(book.Total(Btc), net, cash, mark, seed);
                (book.Position(Binance, Btc).Net + book.Position(Bybit, Btc).Net).Value.ShouldBe(net, $"seed {seed}");
                var parts = Profit(book.Position(Binance, Btc), mark) + Profit(book.Position(Bybit, Btc), mark);
                Math.Abs(parts - cash - (net * mark.Value)).ShouldBeLessThan(1e-15m, $"seed {seed}");
            }
        }
    }

    private static void Check(Position position, decimal net, decimal cash, Price mark, int seed)
    {
        position.Net.Value.ShouldBe(net, $"seed {seed}");
        (position.AveragePrice is null).ShouldBe(net == 0, $"seed {seed}");
        Math.Abs(Profit(position, mark) - cash - (net * mark.Value)).ShouldBeLessThan(1e-15m, $"seed {seed}");
    }

    private static decimal Profit(Position position, Price mark) => position.RealisedPnl.Value + position.UnrealisedPnl(mark).Value;

    private void Net(decimal net, decimal? average, decimal realised)
    {
        var total = _book.Total(Btc);
        total.Net.ShouldBe(new NetQuantity(net));
        total.AveragePrice.ShouldBe(average is { } a ? new Price(a) : null);
        total.RealisedPnl.ShouldBe(new Amount(realised));
    }

    private void Fill(Side side, decimal quantity, decimal price, ConnectionId? connection = null, decimal fee = 0, string? feeAsset = null)
    {
        var fill = NewFill(side, quantity, price, connection ?? Binance, ++_trade);
        _book.Apply(fill with { Report = fill.Report with { Fee = new Amount(fee), FeeAsset = feeAsset is null ? null : new Asset(feeAsset) } });
    }

    private static Fill NewFill(Side side, decimal quantity, decimal price, ConnectionId connection, int trade) => new()
    {
        Connection = connection,
        Report = new FillReport
        {
            Symbol = Btc,
            TradeId = new TradeId($"t{trade}"),
            VenueOrderId = new VenueOrderId("1"),
            Side = side,
            Price = new Price(price),
            Quantity = new Quantity(quantity),
            VenueTime = default,
        },
    };
}
