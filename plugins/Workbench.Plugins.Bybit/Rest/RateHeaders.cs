using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Rest;

/// <summary>What an answer says about the allowance of its endpoint in the current second.</summary>
/// <param name="Limit">Requests allowed per second, or null where the answer does not say.</param>
/// <param name="Remaining">Requests left, or null.</param>
/// <param name="ResetAt">When the allowance is restored if it is used up, or null.</param>
internal readonly record struct RateHeaders(int? Limit, int? Remaining, Timestamp? ResetAt)
{
    // Guards against a reset far in the future, which would silence the connection for no reason.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Reads the headers that are there and ignores what is no number.</summary>
    public static RateHeaders Read(IReadOnlyDictionary<string, string> headers) => new(
        Number(headers, "X-Bapi-Limit") is >= 0 and <= int.MaxValue and var limit ? (int)limit : null,
        Number(headers, "X-Bapi-Limit-Status") is >= 0 and <= int.MaxValue and var left ? (int)left : null,
        Number(headers, "X-Bapi-Limit-Reset-Timestamp") is > 0 and < 7_258_118_400_000 and var reset ? Timestamp.FromUnixMilliseconds(reset) : null);

    /// <summary>How long to wait for the reset, at least <paramref name="shortest"/>.</summary>
    public TimeSpan WaitFrom(Timestamp venueNow, TimeSpan shortest)
    {
        var wait = ResetAt is { } reset ? reset - venueNow : shortest;
        return wait < shortest ? shortest : wait > LongestWait ? LongestWait : wait;
    }

    private static long? Number(IReadOnlyDictionary<string, string> headers, string name) =>
        headers.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
