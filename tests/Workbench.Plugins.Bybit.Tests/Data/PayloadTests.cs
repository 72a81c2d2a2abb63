using System.Text;
using System.Text.Json;
using Workbench.Plugins.Bybit.Instruments;
using Workbench.Plugins.Bybit.Json;
using Workbench.Plugins.Bybit.MarketData;
using Workbench.Plugins.Bybit.Rest;
using Workbench.Plugins.Bybit.Streams;
using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Plugins.Bybit.Trading;
using Workbench.Plugins.Bybit.UserData;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Data;

/// <summary>Walks every recorded answer and message that belongs to something the connector uses.</summary>
public sealed class PayloadTests(ITestOutputHelper output)
{
    private delegate bool Check(byte[] payload, JsonElement root);

    private static readonly Dictionary<string, Check> Checks = new(StringComparer.Ordinal)
    {
        ["WS-PUBLIC/orderbook.depth.symbol"] = (payload, _) => FrameComparer.Check(new MarketFrame(), payload),
        ["WS-PUBLIC/publicTrade.symbol"] = (payload, _) => FrameComparer.Check(new MarketFrame(), payload),
        ["WS-PUBLIC/kline.interval.symbol"] = (payload, _) => FrameComparer.Check(new MarketFrame(), payload),
        ["WS-CONTROL/subscribe"] = CheckControl,
        ["WS-CONTROL/unsubscribe"] = CheckControl,
        ["WS-CONTROL/auth"] = CheckControl,
        ["WS-CONTROL/ping"] = CheckPong,
        ["WS-CONTROL/pong"] = CheckPong,
        ["WS-CONTROL/error_empty_op"] = CheckControl,
        ["WS-PRIVATE/order"] = CheckUserFrame,
        ["WS-PRIVATE/execution"] = CheckUserFrame,
        ["WS-PRIVATE/wallet"] = CheckUserFrame,
        ["ERROR/error_body"] = (payload, root) => CheckEnvelope(payload, root).Result.IsEmpty,
        ["OBJECT/common_response_envelope"] = (payload, root) => !CheckEnvelope(payload, root).Result.IsEmpty,
        ["REST/GET_v5_market_time"] = CheckTime,
        ["REST/GET_v5_market_kline"] = CheckCandles,
        ["REST/GET_v5_market_instruments-info"] = (payload, root) => CheckRows(payload, root, InstrumentRow.Read, AccountComparer.CheckInstrument),
        ["REST/GET_v5_order_realtime"] = (payload, root) => CheckRows(payload, root, OrderRow.Read, AccountComparer.CheckOrder),
        ["REST/GET_v5_order_history"] = (payload, root) => CheckRows(payload, root, OrderRow.Read, AccountComparer.CheckOrder),
        ["REST/GET_v5_execution_list"] = (payload, root) => CheckRows(payload, root, ExecutionRow.Read, AccountComparer.CheckExecution),
        ["REST/GET_v5_account_wallet-balance"] = CheckWallet,
        ["REST/POST_v5_order_create"] = CheckAcknowledgement,
        ["REST/POST_v5_order_cancel"] = CheckAcknowledgement,
    };

    private delegate T RowReader<T>(ref JsonCursor cursor);

    [Fact]
    public void Every_recorded_payload_of_a_used_endpoint_decodes_without_loss()
    {
        var root = SharedData.Need("payloads/bybit-v5");
        var (decoded, aside) = (0, new List<string>());
        foreach (var (folder, check) in Checks)
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(root, folder), "*.json").Where(f => !Path.GetFileName(f).StartsWith("request_", StringComparison.Ordinal)).Order())
            {
                var name = $"{folder}/{Path.GetFileName(file)}";
                if (Run(name, file, check))
                {
                    decoded++;
                }
                else
                {
                    aside.Add(name);
                }
            }
        }

        output.WriteLine($"{decoded} payloads of {Checks.Count} endpoints and topics decoded field by field; rightly put aside as incomplete: {aside.Count} {string.Join(", ", aside)}");
        decoded.ShouldBeGreaterThan(100);
        aside.ShouldAllBe(name => name.Contains("kline.interval", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("series/reference/bybit_v5_instruments-info_spot_20260809.json.gz")]
    [InlineData("series/reference/bybit_v5_instruments-info_linear_20260809.json.gz")]
    public void Whole_recorded_list_of_markets_decodes_without_loss(string path)
    {
        var payload = Recordings.Unpack(SharedData.Need(path));
        using var document = JsonDocument.Parse(payload);

        CheckRows(payload, document.RootElement, InstrumentRow.Read, AccountComparer.CheckInstrument).ShouldBeTrue();

        var (instruments, problems) = (new List<Instrument>(), new List<string>());
        InstrumentDecoder.Read(Envelope.Read(payload)!.Value.Result, instruments, problems).IsOk.ShouldBeTrue();
        problems.ShouldBeEmpty();
        output.WriteLine($"{instruments.Count} markets");
    }

    private static bool Run(string name, string file, Check check)
    {
        var payload = File.ReadAllBytes(file);
        using var document = JsonDocument.Parse(payload);
        try
        {
            return check(payload, document.RootElement);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{name}: {e.Message}", e);
        }
    }

    private static Envelope CheckEnvelope(byte[] payload, JsonElement root)
    {
        var envelope = Envelope.Read(payload).ShouldNotBeNull();
        envelope.Code.ShouldBe(root.GetProperty("retCode").GetInt32());
        envelope.Message.ShouldBe(root.TextOf("retMsg"));
        envelope.Time?.UnixMilliseconds.ShouldBe(root.MillisecondsOf("time")!.Value);
        envelope.Time.HasValue.ShouldBe(root.MillisecondsOf("time").HasValue);
        if (root.Field("result") is { } result)
        {
            using var again = JsonDocument.Parse(envelope.Result);
            JsonElement.DeepEquals(again.RootElement, result).ShouldBeTrue();
        }

        return envelope;
    }

    private static bool CheckRows<T>(byte[] payload, JsonElement root, RowReader<T> read, Action<T, string?, JsonElement> compare)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            // One of the recordings is the bare list.
            payload = Encoding.UTF8.GetBytes($"{{\"retCode\":0,\"result\":{{\"list\":{root.GetRawText()}}}}}");
            using var wrapped = JsonDocument.Parse(payload);
            return CheckRows(payload, wrapped.RootElement, read, compare);
        }

        var envelope = CheckEnvelope(payload, root);
        var rows = new List<(T Row, string? Problem)>();
        var page = ListResult.Read(envelope.Result, (ref JsonCursor cursor) => rows.Add((read(ref cursor), cursor.TakeProblem())));
        var expected = root.GetProperty("result").RowsOf("list").ToArray();
        page.Value.ShouldBe(new Page(root.GetProperty("result").TextOf("nextPageCursor"), expected.Length));
        foreach (var (row, element) in rows.Zip(expected))
        {
            compare(row.Row, row.Problem, element);
        }

        return true;
    }

    private static bool CheckWallet(byte[] payload, JsonElement root)
    {
        var balances = new List<Balance>();
        ListResult.Read(CheckEnvelope(payload, root).Result, (ref JsonCursor cursor) => WalletRow.Read(ref cursor, balances)).IsOk.ShouldBeTrue();
        AccountComparer.CheckWallet(balances, root.GetProperty("result").RowsOf("list"));
        return true;
    }

    private static bool CheckUserFrame(byte[] payload, JsonElement root)
    {
        var frame = UserFrame.Decode(payload);
        var expected = root.RowsOf("data").ToArray();
        frame.Problem.ShouldBeNull();
        frame.Time?.UnixMilliseconds.ShouldBe(root.MillisecondsOf("creationTime")!.Value);
        switch (root.TextOf("topic"))
        {
            case "order":
                frame.Orders.Count.ShouldBe(expected.Length);
                frame.Orders.Zip(expected).ToList().ForEach(p => AccountComparer.CheckOrder(p.First.Row, p.First.Problem, p.Second));
                break;
            case "execution":
                frame.Executions.Count.ShouldBe(expected.Length);
                frame.Executions.Zip(expected).ToList().ForEach(p => AccountComparer.CheckExecution(p.First.Row, p.First.Problem, p.Second));
                break;
            default:
                root.TextOf("topic").ShouldBe("wallet");
                AccountComparer.CheckWallet(frame.Balances, expected);
                break;
        }

        return true;
    }

    private static bool CheckControl(byte[] payload, JsonElement root)
    {
        foreach (var answer in (ControlAnswer[])[FrameOf(payload).Control, UserFrame.Decode(payload).Control])
        {
            (answer.Operation, answer.RequestId, answer.Message).ShouldBe(
                (root.TextOf("op"), root.TextOf("req_id") ?? root.TextOf("reqId"), root.TextOf("ret_msg") ?? root.TextOf("retMsg")));
            (answer.Success, answer.Code).ShouldBe((root.Field("success")?.GetBoolean(), root.Field("retCode")?.GetInt64()));
        }

        return true;
    }

    private static bool CheckPong(byte[] payload, JsonElement root) => CheckControl(payload, root) && FrameOf(payload).Control.IsPong;

    private static MarketFrame FrameOf(byte[] payload)
    {
        var frame = new MarketFrame();
        frame.Decode(payload).ShouldBeNull();
        frame.Kind.ShouldBe(FrameKind.Control);
        return frame;
    }

    private static bool CheckTime(byte[] payload, JsonElement root)
    {
        // One of the recordings is the bare result.
        ReadOnlyMemory<byte> result = root.Field("retCode") is null ? payload : CheckEnvelope(payload, root).Result;
        var expected = root.Field("result") ?? root;
        ServerTime.Read(result.Span)!.Value.UnixNanoseconds.ShouldBe((long)expected.NumberOf("timeNano")!.Value);
        return true;
    }

    private static bool CheckCandles(byte[] payload, JsonElement root)
    {
        var rows = CandleHistory.Read(CheckEnvelope(payload, root).Result.Span, TimeSpan.FromMinutes(1), default).Value;
        rows.Select(c => (c.Start.UnixMilliseconds, c.Open.Value, c.High.Value, c.Low.Value, c.Close.Value, c.Volume.Value))
            .ShouldBe(root.GetProperty("result").RowsOf("list").Reverse().Select(r => ((long)r.NumberAt(0), r.NumberAt(1), r.NumberAt(2), r.NumberAt(3), r.NumberAt(4), r.NumberAt(5))));
        return true;
    }

    private static bool CheckAcknowledgement(byte[] payload, JsonElement root)
    {
        var expected = root.GetProperty("result");
        OrderAcknowledgement.Read(CheckEnvelope(payload, root).Result.Span).ShouldBe(new OrderAcknowledgement(expected.TextOf("orderId"), expected.TextOf("orderLinkId")));
        return true;
    }
}
