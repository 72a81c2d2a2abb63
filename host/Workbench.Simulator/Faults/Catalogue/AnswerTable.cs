using Workbench.Simulator.Server;

namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Faults that leave the venue's answer as it is and spoil its way, or spoil the answer itself.</summary>
internal static class AnswerTable
{
    private static readonly FaultOption<int?> Bytes = FaultOption.Whole("bytes", 0, 10_000_000, 10, "How much of the body is sent before the reset.");
    private static readonly FaultOption<int?> Speed = FaultOption.Whole("bytes-per-second", 1, 1_000_000, 10, "How fast the body is sent.");

    public static IEnumerable<FaultDefinition> All =>
    [
        new("reset-after", "N06", "The connection is reset after so many bytes of the answer's body; the request was executed.")
        {
            Own = [Bytes],
            IsHttpOnly = true,
            Requests = RequestKinds.Calls,
            Stage = static _ => Stage.After,
            OnRequest = static (fault, exchange) =>
            {
                ((HttpExchange)exchange).CutAfter = fault.Get(Bytes);
                return ValueTask.CompletedTask;
            },
        },
        new("slow-body", "N05", "The answer's body trickles in.")
        {
            Own = [Speed],
            IsHttpOnly = true,
            Requests = RequestKinds.Calls,
            Stage = static _ => Stage.After,
            OnRequest = static (fault, exchange) =>
            {
                ((HttpExchange)exchange).BytesPerSecond = fault.Get(Speed);
                return ValueTask.CompletedTask;
            },
        },
    ];
}
