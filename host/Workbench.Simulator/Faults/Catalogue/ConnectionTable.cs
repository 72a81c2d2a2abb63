namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Faults of the connection itself: nobody there, nobody reading, nobody talking.</summary>
internal static class ConnectionTable
{
    public static IEnumerable<FaultDefinition> All =>
    [
        new("refuse", "N01, E40", "Nothing listens and open connections are reset; clearing listens again on the same port.")
        {
            IsSteady = true,
            HasSymbol = false,
            Check = static (_, targets) => targets.Server is null ? "the venue has no listener" : null,
            Start = static async (_, targets, _) =>
            {
                var server = targets.Server!;
                await server.StopListeningAsync().ConfigureAwait(false);
                return cancellation => server.ListenAsync(server.Port, cancellation);
            },
        },
        new("black-hole-unread", "N02, N25", "New connections are accepted and nothing is ever read from them.")
        {
            HasSymbol = false,
            SwallowsConnections = true,
        },
        new("black-hole", "N03, N25", "Requests are read and never answered, nor executed.")
        {
            Requests = RequestKinds.All,
            OnRequest = static (fault, exchange) => exchange.HoldAsync(fault),
        },
        new("stall-streams", "N18", "Streams send nothing while pings are answered; what happens meanwhile is lost.")
        {
            IsSteady = true,
            StallsStreams = true,
            Frames = FrameKinds.Data,
            OnFrame = FrameTable.Drop,
        },
        new("silence", "N18, N04", "Streams send nothing, and requests are read and never answered.")
        {
            IsSteady = true,
            HasSymbol = false,
            StallsStreams = true,
            Requests = RequestKinds.All,
            OnRequest = static (fault, exchange) => exchange.HoldAsync(fault),
            Frames = FrameKinds.Data,
            OnFrame = FrameTable.Drop,
        },
        new("asymmetric-loss", "N25", "Requests arrive and are executed, but no answer and no event comes back.")
        {
            IsSteady = true,
            HasSymbol = false,
            StallsStreams = true,
            Requests = RequestKinds.All,
            Stage = static _ => Stage.After,
            OnRequest = static (fault, exchange) => exchange.HoldAsync(fault, readsBody: false),
            Frames = FrameKinds.Data,
            OnFrame = FrameTable.Drop,
        },
    ];
}
