using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Bybit.Wire;

/// <summary>JSON as Bybit writes it: compact, amounts as plain decimal strings without trailing zeros.</summary>
internal static class BybitJson
{
    // Dividing by this drops trailing zeros without ever producing an exponent.
    private const decimal One = 1.0000000000000000000000000000m;

    /// <summary>An object whose members <paramref name="members"/> writes.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> members) => JsonText.Render(members, static (writer, write) =>
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    });

    public static string Text(decimal value) => (value / One).ToString(CultureInfo.InvariantCulture);

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static void WriteAmount(this Utf8JsonWriter writer, string name, decimal value)
    {
        writer.WritePropertyName(name);
        writer.WriteAmountValue(value);
    }

    public static void WriteAmountValue(this Utf8JsonWriter writer, decimal value)
    {
        Span<byte> text = stackalloc byte[40];
        (value / One).TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }

    /// <summary>An integer in quotes, as Bybit writes times and ids in payloads.</summary>
    public static void WriteText(this Utf8JsonWriter writer, string name, long value) => writer.WriteString(name, Text(value));

    /// <summary>Copies a member of a request into an answer in the JSON type it came in; nothing when it was not sent.</summary>
    public static void WriteEcho(this Utf8JsonWriter writer, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Undefined)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    /// <summary>A list member; <paramref name="write"/> writes one item.</summary>
    public static void WriteList<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }
}
