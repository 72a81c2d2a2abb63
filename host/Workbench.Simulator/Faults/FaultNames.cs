namespace Workbench.Simulator.Faults;

/// <summary>Names of the faults that code asks for; <see cref="FaultCatalogue"/> describes them and all others.</summary>
public static class FaultNames
{
    public const string Refuse = "refuse";
    public const string Silence = "silence";
    public const string StallStreams = "stall-streams";
    public const string BlackHole = "black-hole";
    public const string AnswerLost = "answer-lost";
    public const string Error5xx = "error-5xx";
    public const string QueryLag = "query-lag";

    /// <summary>All names of the catalogue.</summary>
    public static IReadOnlyList<string> All { get; } = [.. FaultCatalogue.All.Select(f => f.Name)];
}
