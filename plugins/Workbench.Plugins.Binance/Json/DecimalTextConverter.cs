using System.Text.Json;
using System.Text.Json.Serialization;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Json;

/// <summary>Reads a decimal from a string or a number, exactly or not at all.</summary>
internal sealed class DecimalTextConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number && Numbers.TryParse(reader.ValueSpan, out var value)
            ? value
            : throw new JsonException("Expected a plain decimal number.");

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(Numbers.Text(value));
}
