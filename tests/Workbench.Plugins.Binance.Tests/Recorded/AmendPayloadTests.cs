using System.Text.Json;
using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Plugins.Binance.Trading;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Recorded;

/// <summary>Every collected answer to an amendment and to a cancel-replace, judged and compared with an independent reading.</summary>
public sealed class AmendPayloadTests(ITestOutputHelper output)
{
    [Fact]
    public void E23_Collected_answers_to_cancel_replace_are_judged_half_by_half()
    {
        var answers = Answers("POST_api_v3_order_cancelReplace");
        foreach (var (name, bytes, json) in answers)
        {
            var data = json.TryGetProperty("data", out var failed) ? failed : json;
            var status = json.TryGetProperty("code", out var code) ? code.GetInt32() == -2021 ? 409 : 400 : 200;
            var (cancel, placed) = (data.GetProperty("cancelResponse"), data.GetProperty("newOrderResponse"));
            var amendment = Amendment(Symbol(cancel) ?? Symbol(placed), Text(cancel, "origClientOrderId"), Text(placed, "clientOrderId"));

            var outcome = new ReplacementAnswers(new Venue().Context).ToOutcome(FakeHttp.Answer(status, System.Text.Encoding.UTF8.GetString(bytes)), amendment).ShouldBeOfType<OrderOutcome.Replaced>(name);

            (Word(outcome.Cancel), Word(outcome.Placement)).ShouldBe((data.GetProperty("cancelResult").GetString(), data.GetProperty("newOrderResult").GetString()), name);
        }

        answers.Select(a => a.Json.TryGetProperty("data", out var d) ? $"{d.GetProperty("cancelResult")} {d.GetProperty("newOrderResult")}" : "SUCCESS SUCCESS").Distinct().Count()
            .ShouldBeGreaterThanOrEqualTo(4, "the combinations are all there");
        output.WriteLine($"{answers.Count} answers");
    }

    [Fact]
    public void Collected_answers_to_an_amendment_are_read_whole()
    {
        var answers = Answers("PUT_api_v3_order_amend_keepPriority");
        foreach (var (name, bytes, json) in answers)
        {
            var order = json.GetProperty("amendedOrder");
            var amendment = Amendment(Symbol(order), Text(order, "clientOrderId"), null);

            var report = new OrderAnswers(new Venue().Context).ToReduction(FakeHttp.Answer(200, System.Text.Encoding.UTF8.GetString(bytes)), amendment).ShouldBeOfType<OrderOutcome.Accepted>(name).Report;

            // One of them is a client's own test and spells the quantity as other answers do: then the report has none.
            (report.VenueOrderId.Value, report.Quantity?.Value, report.FilledQuantity?.Value).ShouldBe(
                (order.GetProperty("orderId").ToString(), order.TryNumber("qty"), order.TryNumber("executedQty")), name);
            report.VenueTime.UnixMilliseconds.ShouldBe((long)json.Number("transactTime"), name);
        }

        output.WriteLine($"{answers.Count} answers");
    }

    private static List<(string Name, byte[] Bytes, JsonElement Json)> Answers(string folder)
    {
        var files = Directory.GetFiles(SharedData.Folder("payloads", "binance-spot", "REST", folder), "response*.json").Order();
        return [.. files.Select(f => (Path.GetFileName(f), File.ReadAllBytes(f), JsonDocument.Parse(File.ReadAllBytes(f)).RootElement))];
    }

    private static AmendOrder Amendment(string? symbol, string? id, string? replacement)
    {
        var instrument = Venue.BtcInstrument with { VenueSymbol = symbol ?? "BTCUSDT" };
        return new AmendOrder
        {
            Current = new NewOrder { ClientOrderId = new ClientOrderId(id ?? "old"), Instrument = instrument, Side = Side.Sell, Type = OrderType.Limit, Quantity = new Quantity(10), LimitPrice = new Price(1) },
            Filled = Quantity.Zero,
            Quantity = new Quantity(10),
            LimitPrice = new Price(2),
            ReplacementId = new ClientOrderId(replacement ?? "new"),
        };
    }

    private static string? Symbol(JsonElement order) => Text(order, "symbol");

    private static string? Text(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Word(OrderOutcome outcome) => outcome switch
    {
        OrderOutcome.Accepted => "SUCCESS",
        OrderOutcome.Rejected { Error.Code: null } => "NOT_ATTEMPTED",
        OrderOutcome.Rejected => "FAILURE",
        _ => outcome.ToString(),
    };
}
