using System.Net.WebSockets;
using System.Text.Json;
using Workbench.Simulator.Binance.Connections;
using Workbench.Simulator.Binance.WsApi;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;
using Workbench.Simulator.Server.WebSockets;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>The control protocol of one market-stream connection.</summary>
internal sealed class StreamConnection : ISocketHandler
{
    private const int MostStreams = 1024;
    private const int MostMessagesPerSecond = 5;
    private readonly SocketSession _session;
    private readonly IStreamSource _source;
    private readonly FaultLab _faults;
    private readonly StreamClient _client;
    private readonly ConnectionRegistry _connections;
    private readonly ConnectionLife _life;
    private readonly MessageRate? _rate;
    private readonly bool _nestsErrors;

    public StreamConnection(SocketSession session, IStreamSource source, ConnectionRegistry connections, DialectContext context, bool inMicros)
    {
        _session = session;
        _source = source;
        _faults = context.Faults;
        _connections = connections;
        _client = new StreamClient(session.Outbox) { InMicros = inMicros };
        _rate = context.Options.RateLimits ? new MessageRate(context.Venue.Clock.Time, MostMessagesPerSecond) : null;
        _nestsErrors = context.Options.Binance.HasNestedStreamErrors;
        _life = connections.Open(session, SayShutdown);
    }

    /// <summary>What the address asked for: wrapping by path, streams by path or query.</summary>
    public void Start(string path, string? streams)
    {
        _client.Combined = path.StartsWith("/stream", StringComparison.Ordinal) && !path.StartsWith("/stream/ws", StringComparison.Ordinal);
        var tail = path.Contains("/ws/", StringComparison.Ordinal) ? path[(path.IndexOf("/ws/", StringComparison.Ordinal) + 4)..] : null;
        var names = (streams ?? Uri.UnescapeDataString(tail ?? ""))
            .Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(n => n.Contains('@', StringComparison.Ordinal) || _source.Knows(n))
            .Distinct()
            .ToList();
        if (names.Count > MostStreams)
        {
            _life.End(WebSocketCloseStatus.PolicyViolation, "Too many streams");
        }
        else if (names.Count > 0)
        {
            _source.Subscribe(_client, names);
        }
    }

    public ValueTask OnMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (!IsAdmitted())
        {
            return ValueTask.CompletedTask;
        }

        if (!_faults.IsQuiet)
        {
            // Only faults of the connection concern what it subscribes to.
            return CallFaults.RunAsync(_faults, new RequestInfo(RequestKinds.Streams, "message"), _session, static _ => [], () =>
            {
                Handle(message);
                return ValueTask.CompletedTask;
            });
        }

        Handle(message);
        return ValueTask.CompletedTask;
    }

    public void OnControl(ControlFrame frame)
    {
        if (IsAdmitted())
        {
            _life.OnControl(frame);
        }
    }

    public void OnClosed()
    {
        _connections.Closed(_life);
        _source.Unsubscribe(_client, [.. _client.Names]);
    }

    // Pings and pongs count like any other message.
    private bool IsAdmitted()
    {
        if (_rate is null || _rate.Admits())
        {
            return true;
        }

        _life.End(WebSocketCloseStatus.PolicyViolation, "Too many requests");
        return false;
    }

    private void SayShutdown(byte[] frame) =>
        _session.Outbox.Post(_client.Combined ? StreamChannel.Wrap("!serverShutdown", frame) : frame);

    private void Handle(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var root = document.RootElement;
            var id = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("id", out var given) ? given : default;
            if (id.ValueKind != JsonValueKind.Undefined && !WsRequest.IsId(id))
            {
                Refuse(2, "Invalid request: request ID must be an integer, a string of up to 36 characters, or null", "null");
                return;
            }

            var method = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("method", out var name) ? name.ToString() : "";
            Perform(method, root, id.ValueKind == JsonValueKind.Undefined ? "null" : id.GetRawText());
        }
        catch (JsonException)
        {
            Refuse(3, "Invalid JSON: expected value at line 1 column 1", "null");
        }
    }

    private void Perform(string method, JsonElement root, string id)
    {
        switch (method)
        {
            case "SUBSCRIBE" when Names(root) is { } names:
                if (_client.Names.Union(names).Count() > MostStreams)
                {
                    Refuse(2, "Invalid request: too many streams", id);
                    return;
                }

                _faults.Tally?.Subscribed(names);
                Answer("null", id, FrameInfo.Subscribed);
                _source.Subscribe(_client, names);
                return;
            case "UNSUBSCRIBE" when Names(root) is { } names:
                _source.Unsubscribe(_client, names);
                Answer("null", id);
                return;
            case "LIST_SUBSCRIPTIONS":
                Answer(JsonSerializer.Serialize(_client.Names), id);
                return;
            case "SET_PROPERTY":
                SetProperty(root, id);
                return;
            case "GET_PROPERTY":
                Answer(_client.Combined ? "true" : "false", id);
                return;
            case "SUBSCRIBE" or "UNSUBSCRIBE":
                Refuse(2, "Invalid request: request should have a valid params array", id);
                return;
            default:
                Refuse(2, "Invalid request: unknown variant, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`", id);
                return;
        }
    }

    private void SetProperty(JsonElement root, string id)
    {
        if (!root.TryGetProperty("params", out var p) || p.ValueKind != JsonValueKind.Array || p.GetArrayLength() != 2 || p[0].ToString() != "combined")
        {
            Refuse(0, "Unknown property", id);
        }
        else if (p[1].ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Refuse(1, "Invalid value type: expected Boolean", id);
        }
        else
        {
            _client.Combined = p[1].GetBoolean();
            Answer("null", id);
        }
    }

    private static List<string>? Names(JsonElement root) =>
        root.TryGetProperty("params", out var p) && p.ValueKind == JsonValueKind.Array && p.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
            ? [.. p.EnumerateArray().Select(e => e.GetString()!)]
            : null;

    private void Answer(string result, string id, FrameInfo info = default) =>
        _session.Outbox.Post(System.Text.Encoding.UTF8.GetBytes($"{{\"result\":{result},\"id\":{id}}}"), info);

    // Real clients parse the nested form; the flat one is what the documentation shows. The numbers are the same.
    private void Refuse(int code, string message, string id) => _session.Outbox.Post(JsonText.Render((code, message, id, _nestsErrors), static (json, s) =>
    {
        json.WriteStartObject();
        if (s._nestsErrors)
        {
            json.WriteStartObject("error");
        }

        json.WriteNumber("code", s.code);
        json.WriteString("msg", s.message);
        if (s._nestsErrors)
        {
            json.WriteEndObject();
        }

        json.WritePropertyName("id");
        json.WriteRawValue(s.id);
        json.WriteEndObject();
    }));
}
