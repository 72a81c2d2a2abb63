namespace Workbench.Core.Risk;

/// <summary>What the risk gate says. Closed.</summary>
public abstract record RiskDecision
{
    private RiskDecision()
    {
    }

    /// <summary>The order may go.</summary>
    public sealed record Allowed : RiskDecision
    {
        /// <summary>The only value.</summary>
        public static Allowed Instance { get; } = new();
    }

    /// <summary>The order may not go.</summary>
    /// <param name="Code">Which check, such as <c>max_position</c>.</param>
    /// <param name="Reason">The limit and what the order would make of it, such as <c>limit 0.5 BTC, would be 0.62 BTC</c>.</param>
    public sealed record Denied(string Code, string Reason) : RiskDecision
    {
        /// <summary>Code and numbers on one line.</summary>
        public override string ToString() => $"{Code}: {Reason}";
    }
}
