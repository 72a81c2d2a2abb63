using Workbench.Simulator.Faults;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary><c>/v5/public/misc/status</c>: the topic <c>system.status</c> and nothing else.</summary>
internal sealed class StatusSession(BybitSocket socket, StatusFeed feed, SimulatedVenue venue, FaultLab faults)
    : BybitHandler(socket, faults, "req_id")
{
    protected override byte[] Pong(SocketRequest request) =>
        Acknowledgement.Of(true, "pong", "ping", Socket.ConnectionId, request.Id);

    protected override ValueTask OnRequestAsync(SocketRequest request)
    {
        var topics = request.Topics;
        var refusal = request.Op is not ("subscribe" or "unsubscribe") ? "Invalid op"
            : topics.Count == 0 ? "args is empty"
            : topics.FirstOrDefault(t => t != StatusFeed.Topic) is { } bad ? $"Invalid topic: {bad}"
            : null;
        if (refusal is not null)
        {
            Socket.Send(Acknowledgement.Of(false, refusal, request.Op, Socket.ConnectionId, request.Id));
            return ValueTask.CompletedTask;
        }

        venue.Execute(_ =>
        {
            Socket.Send(Acknowledgement.Of(true, "", request.Op, Socket.ConnectionId, request.Id), FrameInfo.Subscribed);
            feed.Set(Socket, listens: request.Op == "subscribe");
        });
        return ValueTask.CompletedTask;
    }

    protected override void Leave() => venue.Execute(_ => feed.Set(Socket, listens: false));
}
