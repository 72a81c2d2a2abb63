namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Parts of the venue that are down while others are up.</summary>
internal static class OutageTable
{
    private static readonly FaultOption<int?> Status = FaultOption.Whole("status", 400, 599, 503, "HTTP status of what is down.");
    private static readonly FaultOption<int?> Code = FaultOption.Whole("code", 1000, 4999, 1001, "Code with which open connections are closed; 1006 breaks them.");

    public static IEnumerable<FaultDefinition> All =>
    [
        Outage("maintenance", "E32", "The venue is under maintenance: every request is refused with words that say so, open connections are closed.", RequestKinds.All, "System is under maintenance."),
        Outage("trading-down", "E35, E34", "Market data goes on while orders, queries, the account and their connections are down.", RequestKinds.All & ~(RequestKinds.MarketData | RequestKinds.Streams)),
        Outage("market-down", "E35", "Trading goes on while market data and its streams are down.", RequestKinds.MarketData | RequestKinds.Streams),
        Outage("rest-down", "E34", "Streams and sockets go on while every REST call fails.", RequestKinds.Calls, isRestOnly: true),
        Outage("sockets-down", "E33", "REST goes on while WebSockets are closed and new ones refused.", RequestKinds.Sockets),
    ];

    private static FaultDefinition Outage(string name, string ids, string summary, RequestKinds down, string? message = null, bool isRestOnly = false) => new(name, ids, summary)
    {
        Own = [Status, Code],
        IsSteady = true,
        HasSymbol = false,
        IsHttpOnly = isRestOnly,
        Requests = down,
        Start = static (fault, _, _) =>
        {
            foreach (var socket in fault.Lab.Sockets.Where(s => (s.Kind & fault.Requests) != 0))
            {
                socket.Close(fault.Get(Code)!.Value, "");
            }

            return FaultDefinition.NothingToUndo;
        },
        OnRequest = (fault, exchange) =>
        {
            exchange.Answer(new FaultAnswer(fault.Get(Status)!.Value) { Message = message });
            return ValueTask.CompletedTask;
        },
    };
}
