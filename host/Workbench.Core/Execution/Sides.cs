using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Questions about a <see cref="Side"/>.</summary>
internal static class Sides
{
    /// <summary>The other one.</summary>
    public static Side Opposite(this Side side) => side == Side.Buy ? Side.Sell : Side.Buy;
}
