namespace Workbench.Simulator.Tests.Binance.Orders;

/// <summary>What each order type needs and forbids.</summary>
public sealed class ParameterTests
{
    public static TheoryData<string, int, string> Refusals => new()
    {
        { "type=LIMIT&quantity=1&price=1", -1102, Missing("timeInForce") },
        { "type=LIMIT&timeInForce=GTC&price=1", -1102, Missing("quantity") },
        { "type=LIMIT&timeInForce=GTC&quantity=1", -1102, Missing("price") },
        { "type=LIMIT&timeInForce=GTC&quantity=1&price=1&stopPrice=1", -1106, Needless("stopPrice") },
        { "type=LIMIT&timeInForce=GTC&quantity=1&price=1&trailingDelta=100", -1106, Needless("trailingDelta") },
        { "type=LIMIT&timeInForce=GTC&quoteOrderQty=1&price=1", -1106, Needless("quoteOrderQty") },
        { "type=LIMIT&timeInForce=GTX&quantity=1&price=1", -1115, "Invalid timeInForce." },
        { "type=MARKET", -1102, "Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!" },
        { "type=MARKET&quantity=1&quoteOrderQty=1", -1106, Needless("quoteOrderQty") },
        { "type=MARKET&quantity=1&timeInForce=GTC", -1106, Needless("timeInForce") },
        { "type=MARKET&quantity=1&price=1", -1106, Needless("price") },
        { "type=MARKET&quantity=1&icebergQty=0.1", -1106, Needless("icebergQty") },
        { "type=LIMIT_MAKER&quantity=1&price=1&timeInForce=GTC", -1106, Needless("timeInForce") },
        { "type=LIMIT_MAKER&quantity=1", -1102, Missing("price") },
        { "type=LIMIT_MAKER&price=1", -1102, Missing("quantity") },
        { "type=STOP_LOSS&quantity=1", -1102, "Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!" },
        { "type=STOP_LOSS&stopPrice=1", -1102, Missing("quantity") },
        { "type=STOP_LOSS&quantity=1&stopPrice=1&price=1", -1106, Needless("price") },
        { "type=TAKE_PROFIT&quantity=1", -1102, "Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!" },
        { "type=STOP_LOSS_LIMIT&quantity=1&price=1&stopPrice=1", -1102, Missing("timeInForce") },
        { "type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=1&stopPrice=1", -1102, Missing("price") },
        { "type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=1&price=1", -1102, "Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!" },
        { "type=TAKE_PROFIT_LIMIT&timeInForce=GTC&price=1&stopPrice=1", -1102, Missing("quantity") },
        { "type=LIMIT&timeInForce=IOC&quantity=1&price=1&icebergQty=0.1", -2010, "Unsupported order combination" },
        { "type=LIMIT&timeInForce=GTC&quantity=1&price=1&icebergQty=2", -2010, "IcebergQty exceeds QTY." },
        { "type=LIMIT&timeInForce=GTC&quantity=1&price=1&strategyType=999999", -1134, "`strategyType` was less than 1000000." },
        { "type=LIMIT&timeInForce=GTC&quantity=1&price=1&newOrderRespType=SOME", -1130, "Data sent for parameter 'newOrderRespType' is not valid." },
        { "type=LIMIT&timeInForce=GTC&quantity=1&price=1&newClientOrderId=a.b", -1100, "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[a-zA-Z0-9-_]{1,36}$'." },
        { "type=LIMIT&timeInForce=GTC&quantity=-1&price=1", -1100, Illegal("quantity") },
        { "type=LIMIT&timeInForce=GTC&quantity=1e-3&price=1", -1100, Illegal("quantity") },
        { "type=LIMIT&timeInForce=GTC&quantity=1&price=1.000000001", -1111, "Parameter 'price' has too much precision." },
        { "type=STOP_LOSS&quantity=1&stopPrice=1.123456789", -1111, "Parameter 'stopPrice' has too much precision." },
        { "type=LIMIT&timeInForce=GTC&quantity=1&price=1&pegPriceType=PRIMARY_PEG", -1106, Needless("price") },
        { "type=LIMIT&timeInForce=GTC&quantity=1&pegPriceType=SIDE_PEG", -1210, "Invalid pegPriceType." },
        { "type=LIMIT&timeInForce=GTC&quantity=1&pegPriceType=PRIMARY_PEG&pegOffsetType=PRICE_LEVEL&pegOffsetValue=101", -1211, "Invalid pegOffsetType or pegOffsetValue." },
        { "type=OTHER&quantity=1", -1116, "Invalid orderType." },
        { "quantity=1", -1102, Missing("type") },
    };

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_16_each_type_has_its_mandatory_and_forbidden_parameters(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);

        foreach (var (order, code, message) in Refusals.Select(r => r.Data))
        {
            var reply = await bench.PlaceAsync("side=BUY&" + order);
            (reply.Status, reply.Code, reply.Message).ShouldBe((400, code, message), order);
        }

        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=1&bogus=1")).Code.ShouldBe(-1104);
        (await bench.PlaceAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=100&price=30000")).ShouldRefuse(-2010, "Account has insufficient balance for requested action.");
        (await bench.PlaceAsync("type=MARKET&quantity=1")).ShouldRefuse(-1102, Missing("side"));
        (await bench.PlaceAsync("side=HOLD&type=MARKET&quantity=1")).ShouldRefuse(-1117, "Invalid side.");
        (await bench.CallAsync("order.place", "symbol=NOPE&side=BUY&type=MARKET&quantity=1")).ShouldRefuse(-1121, "Invalid symbol.");
        (await bench.CountsAsync()).ShouldBe((0, 0));
    }

    private static string Missing(string name) => $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.";

    private static string Needless(string name) => $"Parameter '{name}' sent when not required.";

    private static string Illegal(string name) => $@"Illegal characters found in parameter '{name}'; legal range is '^([0-9]{{1,20}})(\.[0-9]{{1,20}})?$'.";
}
