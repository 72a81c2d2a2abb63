namespace Workbench.Simulator.Faults;

/// <summary>What a request is about, whatever it arrives by. The last three are connections rather than calls.</summary>
[Flags]
internal enum RequestKinds
{
    None = 0,
    MarketData = 1,
    Orders = 2,
    Cancels = 4,
    Queries = 8,
    Account = 16,
    Streams = 32,
    UserStreams = 64,
    TradeSockets = 128,

    Trading = Orders | Cancels,
    Calls = MarketData | Orders | Cancels | Queries | Account,
    Sockets = Streams | UserStreams | TradeSockets,
    All = Calls | Sockets,
}

/// <summary>A request as the faults see it.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Name">For people: <c>POST /api/v3/order</c>, <c>order.place</c>.</param>
/// <param name="Symbol">The venue's own spelling, where the request names one.</param>
/// <param name="IsSocket">It came over an open WebSocket.</param>
internal readonly record struct RequestInfo(RequestKinds Kind, string Name, string? Symbol = null, bool IsSocket = false)
{
    public override string ToString() => Symbol is null ? Name : $"{Name} {Symbol}";
}
