using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary><c>/v5/private</c>: auth, then order, execution and wallet topics. No snapshot is sent on subscribing.</summary>
internal sealed class PrivateSession(
    BybitSocket socket, PrivateFeed feed, Gatekeeper gatekeeper, SimulatedVenue venue, FaultLab faults)
    : BybitHandler(socket, faults, "req_id")
{
    private static readonly string[] Known =
    [
        "order", "order.spot", "order.linear", "order.inverse", "order.option",
        "execution", "execution.spot", "execution.linear", "execution.inverse", "execution.option",
        "execution.fast", "execution.fast.spot", "execution.fast.linear", "execution.fast.inverse",
        "position", "position.linear", "position.inverse", "position.option",
        "wallet", "greeks", "dcp.future", "dcp.spot", "dcp.option",
    ];

    private readonly HashSet<string> _topics = [];
    private Account? _account;

    public BybitSocket Connection => Socket;

    /// <summary>Under which name this client listens to a topic of a category, or null. Called in the venue's lock.</summary>
    public string? TopicNameFor(string topic, string category) =>
        _topics.Contains(topic) ? topic : _topics.Contains($"{topic}.{category}") ? $"{topic}.{category}" : null;

    protected override ValueTask OnRequestAsync(SocketRequest request)
    {
        switch (request.Op)
        {
            case "auth":
                Authenticate(request);
                break;
            case "subscribe" or "unsubscribe" when _account is null:
                Answer(request, false, "Request not authorized");
                break;
            case "subscribe":
                Subscribe(request);
                break;
            case "unsubscribe":
                venue.Execute(_ => _topics.ExceptWith(request.Topics));
                Answer(request, true, "");
                break;
            default:
                Answer(request, false, "Invalid op");
                break;
        }

        return ValueTask.CompletedTask;
    }

    protected override void Leave()
    {
        if (_account is { } account)
        {
            venue.Execute(_ => feed.Remove(account, this));
        }
    }

    private void Authenticate(SocketRequest request)
    {
        var error = StreamLogin.Check(gatekeeper, request, Socket.Peer, out var credential);
        if (!error.IsNone)
        {
            Answer(request, false, error.Message);
            Socket.Close();
            return;
        }

        if (_account is null)
        {
            _account = credential!.Account;
            venue.Execute(_ => feed.Add(_account, this));
        }

        Answer(request, true, "");
    }

    private void Subscribe(SocketRequest request)
    {
        var topics = request.Topics;
        var refusal = topics.FirstOrDefault(t => !Known.Contains(t)) is { } bad
            ? $"Invalid topic: {bad}"
            : topics.FirstOrDefault(t => Categories.All.Any(c => topics.Contains($"{t}.{c}"))) is { } both
                ? $"{both} and a category of {both} cannot be subscribed together"
                : null;
        if (topics.Count == 0 || refusal is not null)
        {
            Answer(request, false, refusal ?? "args is empty");
            return;
        }

        venue.Execute(_ =>
        {
            Answer(request, true, "");
            _topics.UnionWith(topics);
        });
    }

    private void Answer(SocketRequest request, bool success, string message) =>
        Socket.Send(Acknowledgement.Of(success, message, request.Op, Socket.ConnectionId, request.Id), (success, request.Op) switch
        {
            (true, "auth") => FrameInfo.Authenticated,
            (true, "subscribe") => FrameInfo.Subscribed,
            _ => default,
        });

    protected override byte[] Pong(SocketRequest request) => BybitJson.Object(writer =>
    {
        writer.WriteEcho("req_id", request.Id);
        writer.WriteString("op", "pong");
        writer.WriteStartArray("args");
        writer.WriteStringValue(BybitJson.Text(venue.Clock.NowMillis));
        writer.WriteEndArray();
        writer.WriteString("conn_id", Socket.ConnectionId);
    });
}
