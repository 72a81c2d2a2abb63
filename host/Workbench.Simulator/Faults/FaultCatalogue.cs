using Workbench.Simulator.Faults.Catalogue;

namespace Workbench.Simulator.Faults;

/// <summary>Every fault there is. A new one is one entry in a table.</summary>
public static class FaultCatalogue
{
    private static readonly Dictionary<string, FaultDefinition> ByName;

    static FaultCatalogue()
    {
        All =
        [
            .. ConnectionTable.All, .. RequestTable.All, .. AnswerTable.All, .. ContentTable.All, .. QueryTable.All,
            .. FrameTable.All, .. SocketTable.All, .. OutageTable.All, .. KeyTable.All, .. ClockTable.All, .. MarketTable.All, .. TradeTable.All,
        ];
        ByName = All.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    public static IReadOnlyList<FaultDefinition> All { get; }

    /// <summary>What is wrong with a name, in words; null when it is that of a fault.</summary>
    public static string? Problem(string name) => ByName.ContainsKey(name) ? null : $"There is no fault '{name}'{Nearest.Hint(name, ByName.Keys)}";

    /// <exception cref="FaultException">There is no fault of that name; the message names the nearest.</exception>
    public static FaultDefinition Find(string name) => ByName.TryGetValue(name, out var fault)
        ? fault
        : throw new FaultException(Problem(name)!);
}
