using System.Globalization;

namespace Workbench.Simulator.Bybit.Wire;

/// <summary>Spot ids as the live venue shapes them, 19 digits, derived from the engine's counters.</summary>
internal static class BybitIds
{
    private const long Orders = 1_790_000_000_000_000_000;
    private const long Executions = 2_290_000_000_000_000_000;

    public static string Order(long engineId) => BybitJson.Text(Orders + engineId);

    /// <summary>The engine's id, or 0 when the text is no id of ours.</summary>
    public static long EngineOrder(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > Orders ? id - Orders : 0;

    /// <summary>Both sides of a trade get an id of their own; the public knows the trade by the taker's.</summary>
    public static string Execution(long tradeId, bool isMaker) => BybitJson.Text(Executions + (tradeId * 2) + (isMaker ? 1 : 0));
}
