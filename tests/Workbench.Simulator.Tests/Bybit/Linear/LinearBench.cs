using System.Text.Json;
using Workbench.Simulator.Bybit.Linear;
using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Bybit.Linear;

/// <summary>
/// The bench seen from category linear: the perpetual BTCUSDT opens with one bid (5 at 59999) and one ask (5 at 60001), its
/// index and mark are 60000, leverage is 10, the account has 1 000 000 USDT.
/// </summary>
internal sealed class LinearBench : IAsyncDisposable
{
    private LinearBench(BybitBench bench) => Bench = bench;

    public BybitBench Bench { get; }
    public BybitTestClient Client => Bench.Client;
    public LinearVenue Linear => Bench.Linear;

    /// <summary>The margin side of the client's account.</summary>
    public MarginAccount Margin => Linear.Execute(_ => Linear.Join(Bench.Account));

    public static async Task<LinearBench> StartAsync(VenueOptions? options = null)
    {
        var bench = new LinearBench(await BybitBench.StartAsync(options: options));
        bench.Quote(Side.Buy, 59_999m, 5m);
        bench.Quote(Side.Sell, 60_001m, 5m);
        return bench;
    }

    /// <summary>A resting order of the other side of the market.</summary>
    public Order Quote(Side side, decimal price, decimal quantity, string symbol = "BTCUSDT") => Linear.Execute(engine =>
        engine.Place(Linear.Join(Bench.Maker).Account, new NewOrder
        {
            Symbol = symbol,
            Side = side,
            Type = OrderType.Limit,
            Price = price,
            Quantity = quantity,
            Tag = new LinearTag { TimeInForce = "GTC", LastPrice = 0 },
        }).Order!);

    public void Withdraw(Order order) => Linear.Execute(engine => engine.Cancel(order));

    /// <summary>Moves index and mark: the spot book is quoted around the price and the perpetual's own prices follow.</summary>
    public void MoveTo(decimal price)
    {
        Bench.Venue.Execute(engine => engine.CancelMany(Bench.Maker, static _ => true));
        Linear.Execute(engine => engine.CancelMany(Linear.Join(Bench.Maker).Account, static _ => true));
        Bench.Quote(Side.Buy, price - 1, 0.5m);
        Bench.Quote(Side.Sell, price + 1, 0.5m);
        Quote(Side.Buy, price - 1, 5m);
        Quote(Side.Sell, price + 1, 5m);
        Bench.Advance(TimeSpan.FromSeconds(1));
    }

    public Task<BybitReply> CreateAsync(string members, string symbol = "BTCUSDT") =>
        Client.PostAsync("/v5/order/create", $"{{\"category\":\"linear\",\"symbol\":\"{symbol}\",{members}}}");

    public Task<BybitReply> LimitAsync(string side, string qty, string price, string more = "") =>
        CreateAsync($"\"side\":\"{side}\",\"orderType\":\"Limit\",\"qty\":\"{qty}\",\"price\":\"{price}\"{more}");

    public Task<BybitReply> MarketAsync(string side, string qty, string more = "") =>
        CreateAsync($"\"side\":\"{side}\",\"orderType\":\"Market\",\"qty\":\"{qty}\"{more}");

    public Task<BybitReply> PostAsync(string path, string members) =>
        Client.PostAsync(path, $"{{\"category\":\"linear\",\"symbol\":\"BTCUSDT\",{members}}}");

    public async Task<JsonElement> PositionAsync(int index = 0) =>
        (await Client.PrivateGetAsync("/v5/position/list", "category=linear&symbol=BTCUSDT")).List.EnumerateArray()
            .Single(p => p.GetProperty("positionIdx").GetInt32() == index);

    public async Task<JsonElement> OrderAsync(string orderId) =>
        (await Client.PrivateGetAsync("/v5/order/realtime", $"category=linear&symbol=BTCUSDT&orderId={orderId}")).List[0];

    public async Task<JsonElement> WalletAsync() => (await Client.PrivateGetAsync("/v5/account/wallet-balance", "accountType=UNIFIED&coin=USDT")).List[0];

    public ValueTask DisposeAsync() => Bench.DisposeAsync();
}
