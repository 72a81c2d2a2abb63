using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary><c>/v5/public/spot</c>: subscribe, unsubscribe, ping.</summary>
internal sealed class PublicSession(BybitSocket socket, PublicFeed feed, SimulatedVenue venue, FaultLab faults, string category)
    : BybitHandler(socket, faults, "req_id")
{
    // Spot only; contracts know no such limit.
    private const int MaxTopicsPerRequest = 10;
    private bool IsSpot => category == Categories.Spot;
    private readonly HashSet<string> _topics = [];

    protected override byte[] Pong(SocketRequest request) =>
        Acknowledgement.Of(true, "pong", "ping", Socket.ConnectionId, request.Id);

    protected override ValueTask OnRequestAsync(SocketRequest request)
    {
        switch (request.Op)
        {
            case "subscribe":
                Subscribe(request);
                break;
            case "unsubscribe":
                Unsubscribe(request);
                break;
            default:
                Socket.Send(Acknowledgement.Of(false, "Invalid op", request.Op, Socket.ConnectionId, request.Id));
                break;
        }

        return ValueTask.CompletedTask;
    }

    protected override void Leave() => venue.Execute(_ =>
    {
        foreach (var topic in _topics)
        {
            feed.Unsubscribe(topic, Socket);
        }
    });

    private void Subscribe(SocketRequest request)
    {
        var topics = request.Topics;
        var refusal = Refusal(topics);
        if (refusal is not null)
        {
            Socket.Send(Acknowledgement.Of(false, refusal, "subscribe", Socket.ConnectionId, request.Id));
            return;
        }

        Tally?.Subscribed(topics);
        venue.Execute(_ =>
        {
            Socket.Send(Acknowledgement.Of(true, IsSpot ? "subscribe" : "", "subscribe", Socket.ConnectionId, request.Id), FrameInfo.Subscribed);
            foreach (var topic in topics)
            {
                _topics.Add(topic);
                feed.Subscribe(topic, Socket);
            }
        });
    }

    private void Unsubscribe(SocketRequest request) => venue.Execute(_ =>
    {
        foreach (var topic in request.Topics.Where(_topics.Remove))
        {
            feed.Unsubscribe(topic, Socket);
        }

        Socket.Send(Acknowledgement.Of(true, IsSpot ? "unsubscribe" : "", "unsubscribe", Socket.ConnectionId, request.Id));
    });

    private string? Refusal(IReadOnlyList<string> topics)
    {
        if (topics.Count == 0 || (IsSpot && topics.Count > MaxTopicsPerRequest))
        {
            return topics.Count == 0 ? "args is empty" : "args size >10";
        }

        return topics.FirstOrDefault(t => !feed.IsTopic(t)) is { } bad ? $"Invalid topic: {bad}" : null;
    }
}
