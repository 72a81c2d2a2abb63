using Workbench.Core.Connections;
using Workbench.Core.Risk;
using Workbench.Core.Risk.Kill;
using Workbench.Core.Routing;
using Workbench.Sdk;

namespace Workbench.Core;

/// <summary>What an engine is built from.</summary>
public sealed record EngineSettings
{
    /// <summary>Every configured connection.</summary>
    public required IReadOnlyList<ConnectionSettings> Connections { get; init; }

    /// <summary>Every route.</summary>
    public required IReadOnlyList<RouteSettings> Routes { get; init; }

    /// <summary>The limits of the risk gate.</summary>
    public required RiskLimits Risk { get; init; }

    /// <summary>True to flush the journal to the disk before an order is sent; false leaves that to the operating system and risks orders without a record after a power loss.</summary>
    public bool DurableJournal { get; init; } = true;

    /// <summary>How many attempts an order may have, one after the other: a further one only when the last provably came to nothing. 1 to 8.</summary>
    public int MaxAttempts { get; init; } = 2;

    /// <summary>Three characters that mark this installation in client order ids.</summary>
    public required string Installation { get; init; }

    /// <summary>The record of the kill switch beside the journal; null for none.</summary>
    public IKillRecord? KillRecord { get; init; }

    /// <summary>Why this start begins killed, whatever the journal says; null when the journal decides.</summary>
    public KillStatus? StartKilled { get; init; }

    /// <summary>How long the primary may take to come up at the start before a route uses its secondary.</summary>
    public TimeSpan StartGrace { get; init; } = TimeSpan.FromSeconds(10);
}
