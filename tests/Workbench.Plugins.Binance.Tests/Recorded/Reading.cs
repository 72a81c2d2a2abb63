using System.Globalization;
using System.Text.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Recorded;

/// <summary>An independent reading of the payloads: through a document, with the framework's own parsers.</summary>
internal static class Reading
{
    public static decimal Number(this JsonElement json, string name) => json.TryNumber(name) ?? throw new ShouldAssertException($"{name} is missing");

    public static decimal? TryNumber(this JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
        ? decimal.Parse(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture)
        : null;

    public static string? Text(this JsonElement json, string name) => json.TryGetProperty(name, out var value)
        ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Null => null, _ => value.GetRawText() }
        : null;

    public static Timestamp? Time(this JsonElement json, params string[] names)
    {
        var value = names.Select(n => json.TryNumber(n)).FirstOrDefault(v => v is not null);
        return value is null ? null : new Timestamp((long)value.Value * (value.Value > 100_000_000_000_000 ? 1_000 : 1_000_000));
    }

    public static (decimal, decimal)[] Levels(this JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(l => (decimal.Parse(l[0].GetString()!, CultureInfo.InvariantCulture), decimal.Parse(l[1].GetString()!, CultureInfo.InvariantCulture)))];

    /// <summary>The number where it is not zero.</summary>
    public static decimal? NotZero(this decimal? value) => value == 0 ? null : value;

    /// <summary>The text where it is not empty.</summary>
    public static string? NotEmpty(this string? value) => string.IsNullOrEmpty(value) ? null : value;

    /// <summary>What is inside the envelopes.</summary>
    public static JsonElement Inside(this JsonElement json) =>
        json.TryGetProperty("data", out var data) ? data : json.TryGetProperty("event", out var wrapped) ? wrapped : json;

    public static decimal? Average(decimal? sum, decimal? filled) => sum > 0 && filled > 0 ? sum / filled : null;

    public static string? Status(string? word, decimal? filled) => word switch
    {
        null => "Pending",
        "NEW" => "New",
        "PARTIALLY_FILLED" => "PartiallyFilled",
        "FILLED" => "Filled",
        "CANCELED" => "Cancelled",
        "REJECTED" => "Rejected",
        "EXPIRED" or "EXPIRED_IN_MATCH" => "Expired",
        "PENDING_CANCEL" => filled > 0 ? "PartiallyFilled" : "New",
        _ => throw new ShouldAssertException($"the test does not know the status {word}"),
    };

    public static string? SideOf(string? word) => word switch { "BUY" => "Buy", "SELL" => "Sell", _ => null };

    public static string? TypeOf(string? word) => word switch { "LIMIT" or "LIMIT_MAKER" => "Limit", "MARKET" => "Market", _ => null };
}
