using System.Globalization;
using System.Text.Json;

namespace Workbench.Plugins.Bybit.Tests.Data;

/// <summary>Reads recorded messages the slow and obvious way, to compare the decoders with.</summary>
internal static class Oracle
{
    public static JsonElement? Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? TextOf(this JsonElement element, string name)
    {
        var text = element.Field(name)?.ToString();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    public static decimal? NumberOf(this JsonElement element, string name) =>
        element.TextOf(name) is { } text ? decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture) : null;

    public static long? MillisecondsOf(this JsonElement element, string name) =>
        element.TextOf(name) is { } text && text != "0" ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    public static IEnumerable<JsonElement> RowsOf(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static decimal NumberAt(this JsonElement row, int index) => decimal.Parse(row[index].ToString(), NumberStyles.Number, CultureInfo.InvariantCulture);
}
