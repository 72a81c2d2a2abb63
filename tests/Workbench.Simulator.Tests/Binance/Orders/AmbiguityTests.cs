using System.Net.WebSockets;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Tests.Binance.Orders;

/// <summary>The sender cannot tell whether the order lives: what it sees is the same in both cases.</summary>
public sealed class AmbiguityTests
{
    private const string Id = "doubt";
    private const string Timeout = "Timeout waiting for response from backend server. Send status unknown; execution status unknown.";
    private const string Bus = "An unexpected response was received from the message bus. Execution status unknown.";

    public static TheoryData<Wire, int, int, string, bool> Answers
    {
        get
        {
            var data = new TheoryData<Wire, int, int, string, bool>();
            foreach (var wire in Enum.GetValues<Wire>())
            {
                foreach (var executes in (bool[])[true, false])
                {
                    data.Add(wire, 504, -1007, Timeout, executes);
                    data.Add(wire, 500, -1006, Bus, executes);
                    data.Add(wire, 503, -1000, "An unknown error occurred while processing the request.", executes);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task S20_29_an_unknown_outcome_is_answered_whether_or_not_the_order_was_executed(Wire wire, int status, int code, string message, bool executes)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        await InjectAsync(bench, "error-5xx", ("status", $"{status}"), ("code", $"{code}"), ("before", executes ? "false" : "true"));

        var reply = await PlaceAsync(bench);

        reply.ShouldRefuse(code, message, status);
        await ShouldExistAsync(bench, executes);
    }

    [Theory]
    [InlineData(Wire.Rest, "answer-lost", true)]
    [InlineData(Wire.WebSocket, "answer-lost", true)]
    [InlineData(Wire.Rest, "request-lost", false)]
    [InlineData(Wire.WebSocket, "request-lost", false)]
    public async Task S20_29_the_connection_breaks_before_or_after_the_order_was_executed(Wire wire, string fault, bool executes)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        await InjectAsync(bench, fault);

        var broken = await Record.ExceptionAsync(() => PlaceAsync(bench));

        if (wire == Wire.Rest)
        {
            broken.ShouldBeOfType<HttpRequestException>();
        }
        else
        {
            broken.ShouldBeOfType<WebSocketException>();
        }

        await ShouldExistAsync(bench, executes);
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_29_the_reply_comes_later_than_ten_seconds_although_the_order_is_there_at_once(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        await bench.ListenAsync();
        await InjectAsync(bench, "answer-late", ("delay", "12s"));

        var reply = PlaceAsync(bench);
        (await bench.StepAsync())[0].Str("c").ShouldBe(Id);
        bench.Time.Advance(TimeSpan.FromSeconds(10.5));
        await ShouldExistAsync(bench, true);
        reply.IsCompleted.ShouldBeFalse();
        while (!reply.IsCompleted)
        {
            // The delay may begin a moment after the events were sent.
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(reply, bench.CallRestAsync("account.rateLimits.orders", ""));
        }

        (await reply).Ok().Body.Str("clientOrderId").ShouldBe(Id);
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_29_an_order_given_up_on_may_still_be_executed_later(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        await InjectAsync(bench, "late-acceptance", ("delay", "4s"));

        (await PlaceAsync(bench)).ShouldRefuse(-1007, Timeout, 504);

        await ShouldExistAsync(bench, false);
        await bench.ListenAsync();
        var step = bench.StepAsync();
        while (!step.IsCompleted)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(step, bench.CallRestAsync("account.rateLimits.orders", ""));
        }

        (await step)[0].Str("c").ShouldBe(Id);
        await ShouldExistAsync(bench, true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S20_29_cancel_replace_and_cancel_can_be_as_uncertain(bool executes)
    {
        await using var bench = await OrderBench.StartAsync();
        (await PlaceAsync(bench)).Ok();
        await InjectAsync(bench, "error-5xx", ("status", "504"), ("before", executes ? "false" : "true"));

        (await bench.CallAsync("order.cancelReplace", $"symbol={OrderBench.Symbol}&cancelReplaceMode=STOP_ON_FAILURE&cancelOrigClientOrderId={Id}&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=31000&newClientOrderId=next"))
            .ShouldRefuse(-1007, Timeout, 504);

        (await bench.OrderAsync(Id)).Str("status").ShouldBe(executes ? "CANCELED" : "NEW");
        var open = executes ? "next" : Id;
        await InjectAsync(bench, "error-5xx", ("status", "504"), ("before", executes ? "false" : "true"));
        (await bench.CallAsync("order.cancel", $"symbol={OrderBench.Symbol}&origClientOrderId={open}")).Code.ShouldBe(-1007);
        (await bench.OrderAsync(open)).Str("status").ShouldBe(executes ? "CANCELED" : "NEW");
    }

    private static Task<OrderReply> PlaceAsync(OrderBench bench) => bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=" + Id);

    private static Task InjectAsync(OrderBench bench, string name, params (string Name, string Value)[] options) =>
        bench.Venue.Faults.InjectAsync(name, new FaultOptions { Count = 1, More = options.ToDictionary(o => o.Name, o => o.Value) });

    // Asked by REST: the socket may be gone.
    private static async Task ShouldExistAsync(OrderBench bench, bool exists)
    {
        var query = await bench.CallRestAsync("order.status", $"symbol={OrderBench.Symbol}&origClientOrderId={Id}");
        if (exists)
        {
            query.Ok().Body.Str("status").ShouldBe("NEW");
        }
        else
        {
            query.ShouldRefuse(-2013, "Order does not exist.");
        }
    }
}
