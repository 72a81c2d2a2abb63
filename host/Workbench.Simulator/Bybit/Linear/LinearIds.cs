using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>
/// Ids of contracts are UUIDs, unlike the numbers of spot. The last twelve digits carry the engine's counter, the rest is a
/// hash of it, so that an id can be read back and an invented one is recognised.
/// </summary>
internal static class LinearIds
{
    private const int CounterDigits = 12;

    public static string Order(long engineId) => Of("order", "", engineId);

    /// <summary>The engine's id, or 0 when the text is no id of ours.</summary>
    public static long EngineOrder(string text) =>
        Guid.TryParseExact(text, "D", out _)
        && long.TryParse(text.AsSpan(text.Length - CounterDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
        && Order(id).Equals(text, StringComparison.OrdinalIgnoreCase)
            ? id
            : 0;

    /// <summary>Both sides of a trade get an id of their own; the public knows the trade by the taker's.</summary>
    public static string Execution(string symbol, long tradeId, bool isMaker) => Of(isMaker ? "maker" : "taker", symbol, tradeId);

    /// <summary>Of what the venue books by itself: funding, a liquidation.</summary>
    public static string Booking(string kind, string account, string symbol, long timeMicros, int positionIndex) =>
        Of(kind, $"{account}/{symbol}/{positionIndex}", timeMicros / 1000);

    private static string Of(string kind, string name, long counter)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}/{name}/{counter}"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(text).AsSpan(0, 10));
        return string.Create(
            CultureInfo.InvariantCulture, $"{hash[..8]}-{hash[8..12]}-4{hash[12..15]}-a{hash[15..18]}-{counter & 0xFFFF_FFFF_FFFF:x12}");
    }
}
