using System.Text.Json;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Service;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary><c>/v5/trade</c>: auth, then order operations. What becomes of an order is told on the private socket.</summary>
internal sealed class TradeSession(
    BybitSocket socket, OrderGateway gateway, ServiceState service, Gatekeeper gatekeeper, SimulatedVenue venue, FaultLab faults)
    : BybitHandler(socket, faults, "reqId")
{
    private const int MaxIdLength = 36;
    private readonly HashSet<string> _requestIds = [];
    private ApiCredential? _credential;

    protected override byte[] Pong(SocketRequest request) => BybitJson.Object(writer =>
    {
        writer.WriteEcho("reqId", request.Id);
        writer.WriteNumber("retCode", 0);
        writer.WriteString("retMsg", "OK");
        writer.WriteString("op", "pong");
        writer.WriteStartArray("data");
        writer.WriteStringValue(BybitJson.Text(venue.Clock.NowMillis));
        writer.WriteEndArray();
        writer.WriteString("connId", Socket.ConnectionId);
    });

    protected override async ValueTask OnRequestAsync(SocketRequest request)
    {
        if (request.Op == "auth")
        {
            Authenticate(request);
            return;
        }

        var error = Check(request, out var body);
        if (!error.IsNone)
        {
            Answer(request, Reply.Fail(error), null);
            return;
        }

        var result = gateway.Run(request.Op, _credential!, body);
        if (result.Pushes is { } before)
        {
            await before.BeforeAnswerAsync().ConfigureAwait(false);
        }

        Answer(request, result.Reply, result.Allowance);
        if (result.Pushes is { } after)
        {
            await Socket.SentAsync().ConfigureAwait(false);
            after.AfterAnswer();
        }
    }

    protected override byte[] Refusal(SocketRequest request, FaultAnswer answer) => Message(request, Reply.Fail(BybitTraffic.Error(answer)), null);

    private void Authenticate(SocketRequest request)
    {
        var error = _credential is not null
            ? new BybitError(20001, "Repeat auth")
            : StreamLogin.Check(gatekeeper, request, Socket.Peer, out _credential);
        Socket.Send(BybitJson.Object(writer =>
        {
            writer.WriteEcho("reqId", request.Id);
            writer.WriteNumber("retCode", error.Code);
            writer.WriteString("retMsg", error.Message);
            writer.WriteString("op", "auth");
            writer.WriteString("connId", Socket.ConnectionId);
        }), error.IsNone ? FrameInfo.Authenticated : default);
        if (!error.IsNone && error.Code != 20001)
        {
            _credential = null;
            Socket.Close();
        }
    }

    private BybitError Check(SocketRequest request, out JsonElement body)
    {
        body = default;
        if (!gateway.IsOperation(request.Op))
        {
            return new BybitError(10404, "op type is not found");
        }

        if (_credential is null)
        {
            return new BybitError(10003, "Request not authorized");
        }

        var id = request.Id.ValueKind == JsonValueKind.Undefined ? "" : request.Id.ToString();
        if (id.Length > MaxIdLength)
        {
            return BybitError.Parameter($"The length of reqId must not exceed {MaxIdLength}.");
        }

        if (id.Length > 0 && !_requestIds.Add(id))
        {
            return new BybitError(20006, "Duplicate reqId");
        }

        var args = request.Root.Member("args");
        if (args.ValueKind != JsonValueKind.Array || args.GetArrayLength() != 1 || args[0].ValueKind != JsonValueKind.Object)
        {
            return BybitError.Parameter("Request parameter error: args must hold one object.");
        }

        if (service.IsRefusing)
        {
            return BybitError.Restarting;
        }

        body = args[0];
        var header = request.Root.Member("header");
        return gatekeeper.CheckTime(HeaderText(header, "X-BAPI-TIMESTAMP"), HeaderText(header, "X-BAPI-RECV-WINDOW"));
    }

    private static string HeaderText(JsonElement header, string name) => header.Member(name) switch
    {
        { ValueKind: JsonValueKind.String or JsonValueKind.Number } value => value.ToString(),
        _ => "",
    };

    private void Answer(SocketRequest request, Reply reply, Allowance? allowance) => Socket.Send(Message(request, reply, allowance));

    private byte[] Message(SocketRequest request, Reply reply, Allowance? allowance) => BybitJson.Object(writer =>
    {
        writer.WriteEcho("reqId", request.Id);
        writer.WriteNumber("retCode", reply.Error.Code);
        writer.WriteString("retMsg", reply.Error.Message);
        writer.WriteString("op", request.Op);
        writer.WritePropertyName("data");
        writer.WriteRawValue(reply.Result.Span, skipInputValidation: true);
        writer.WritePropertyName("retExtInfo");
        writer.WriteRawValue(reply.Extra.Span, skipInputValidation: true);
        WriteHeader(writer, allowance);
        writer.WriteString("connId", Socket.ConnectionId);
    });

    private void WriteHeader(Utf8JsonWriter writer, Allowance? allowance)
    {
        writer.WriteStartObject("header");
        if (allowance is { } left)
        {
            writer.WriteText("X-Bapi-Limit", left.Limit);
            writer.WriteText("X-Bapi-Limit-Status", left.Remaining);
            writer.WriteText("X-Bapi-Limit-Reset-Timestamp", left.ResetMillis);
        }

        writer.WriteText("Timenow", venue.Clock.NowMillis);
        writer.WriteEndObject();
    }
}
