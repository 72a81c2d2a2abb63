using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Binance;

public sealed class WsApiTests
{
    [Fact]
    public async Task S20_09_errors_carry_status_and_code_under_error()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws-api/v3");

        await socket.SendAsync("""{"id":1,"method":"depth","params":{"symbol":"NOPE"}}""");
        var reply = await socket.ReceiveAsync();

        reply.GetProperty("status").GetInt32().ShouldBe(400);
        reply.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-1121);
    }

    [Fact]
    public async Task S20_24_own_resting_order_expires_instead_of_trading_with_itself()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);

        // Inside the spread of a frozen moment, so that nobody else can trade in between.
        var expired = venue.Venue.Execute(engine =>
        {
            var account = venue.Venue.Credentials[venue.ApiKey].Account;
            var top = venue.Venue.Market("BTCUSDT")!.Book.Top;
            NewOrder Order(Side side) => new()
            {
                Symbol = "BTCUSDT", Side = side, Type = OrderType.Limit, Quantity = 0.001m, Price = top.BidPrice + 0.01m,
                ClientId = side.ToString(), Tag = new OrderTag(OrderKind.Find("LIMIT")!, "EXPIRE_MAKER"), SelfTradePrevention = SelfTradePrevention.ExpireMaker,
            };
            var maker = engine.Place(account, Order(Side.Buy)).Order!;
            var taker = engine.Place(account, Order(Side.Sell)).Order!;
            return (maker.Status, taker.Fills!.Any(f => f.Price == maker.Price));
        });

        expired.ShouldBe((OrderStatus.ExpiredInMatch, false));
        await Task.CompletedTask;
    }
}
