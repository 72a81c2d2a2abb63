namespace Workbench.Plugins.Binance.Market;

/// <summary>The venue's names of candle intervals. A month has no fixed length and is left out.</summary>
internal static class CandleIntervals
{
    private static readonly (string Name, TimeSpan Length)[] All =
    [
        ("1s", TimeSpan.FromSeconds(1)),
        ("1m", TimeSpan.FromMinutes(1)), ("3m", TimeSpan.FromMinutes(3)), ("5m", TimeSpan.FromMinutes(5)),
        ("15m", TimeSpan.FromMinutes(15)), ("30m", TimeSpan.FromMinutes(30)),
        ("1h", TimeSpan.FromHours(1)), ("2h", TimeSpan.FromHours(2)), ("4h", TimeSpan.FromHours(4)),
        ("6h", TimeSpan.FromHours(6)), ("8h", TimeSpan.FromHours(8)), ("12h", TimeSpan.FromHours(12)),
        ("1d", TimeSpan.FromDays(1)), ("3d", TimeSpan.FromDays(3)), ("1w", TimeSpan.FromDays(7)),
    ];

    public static string? NameOf(TimeSpan length) => Array.Find(All, i => i.Length == length).Name;

    public static bool TryLength(ReadOnlySpan<byte> name, out TimeSpan length)
    {
        foreach (var (text, value) in All)
        {
            if (System.Text.Ascii.Equals(name, text))
            {
                length = value;
                return true;
            }
        }

        length = default;
        return false;
    }
}
