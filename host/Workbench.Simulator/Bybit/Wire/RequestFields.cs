using System.Globalization;
using System.Text.Json;

namespace Workbench.Simulator.Bybit.Wire;

/// <summary>Reading of request bodies. Amounts must be JSON strings in plain decimal notation, as the venue demands.</summary>
internal static class RequestFields
{
    /// <summary>Text of a member; "" when absent, null or of another type.</summary>
    public static string Text(this JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>Whether the member is there with something in it (a non-string counts).</summary>
    public static bool Has(this JsonElement body, string name) =>
        body.TryGetProperty(name, out var value)
        && value.ValueKind switch
        {
            JsonValueKind.Null => false,
            JsonValueKind.String => value.GetString()!.Length > 0,
            _ => true,
        };

    public static JsonElement Member(this JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A positive amount; false when it is not a string of digits with at most one point.</summary>
    public static bool TryAmount(this JsonElement body, string name, out decimal amount) =>
        decimal.TryParse(body.Text(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount) && amount > 0;
}
