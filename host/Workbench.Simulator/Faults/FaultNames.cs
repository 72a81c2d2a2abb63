namespace Workbench.Simulator.Faults;

/// <summary>Faults a venue can be given. The codes are those of the fault catalogue (reliability notes, section 2).</summary>
public static class FaultNames
{
    /// <summary>N01: nothing listens; open sockets are reset. Clearing listens again on the same port.</summary>
    public const string Refuse = "refuse";

    /// <summary>N18: <see cref="StallStreams"/> and <see cref="BlackHole"/> together.</summary>
    public const string Silence = "silence";

    /// <summary>N18: sockets stay open and pings are answered, but streams send nothing; what happens meanwhile is lost.</summary>
    public const string StallStreams = "stall-streams";

    /// <summary>N03: requests are read and never answered, nor executed.</summary>
    public const string BlackHole = "black-hole";

    /// <summary>E04/N03: an order request is executed, then the connection is reset without an answer.</summary>
    public const string AnswerLost = "answer-lost";

    /// <summary>E04/E05: an order request is answered with a 5xx, after executing it or (<see cref="FaultOptions.BeforeExecution"/>) instead.</summary>
    public const string Error5xx = "error-5xx";

    /// <summary>E11: a fresh order cannot be seen by queries for <see cref="FaultOptions.Delay"/>.</summary>
    public const string QueryLag = "query-lag";

    public static IReadOnlyList<string> All { get; } =
        [Refuse, Silence, StallStreams, BlackHole, AnswerLost, Error5xx, QueryLag];
}
