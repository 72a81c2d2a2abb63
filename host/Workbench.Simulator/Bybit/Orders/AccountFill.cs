using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>A fill as the account's execution list keeps it.</summary>
internal sealed record AccountFill(Order Order, AccountTrade Trade)
{
    /// <summary>Place in the account's fills; pages are cut by it.</summary>
    public required long Ordinal { get; init; }

    /// <summary>Cross sequence, comparable with the symbol's book and trades.</summary>
    public required long Sequence { get; init; }

    /// <summary>What was left of the order after this fill.</summary>
    public required decimal Leaves { get; init; }
}
