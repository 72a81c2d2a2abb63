using System.Buffers;
using System.Text.Json;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>Writes the requests of a socket.</summary>
internal static class Requests
{
    /// <summary>A subscribe or unsubscribe.</summary>
    public static byte[] Topics(PendingRequest request) => Write(writer =>
    {
        writer.WriteString("req_id"u8, request.Id);
        writer.WriteString("op"u8, request.IsSubscribe ? "subscribe"u8 : "unsubscribe"u8);
        writer.WriteStartArray("args"u8);
        foreach (var topic in request.Topics)
        {
            writer.WriteStringValue(topic);
        }

        writer.WriteEndArray();
    });

    /// <summary>A login.</summary>
    public static byte[] Login(string requestId, string apiKey, long expires, string signature) => Write(writer =>
    {
        writer.WriteString("req_id"u8, requestId);
        writer.WriteString("op"u8, "auth"u8);
        writer.WriteStartArray("args"u8);
        writer.WriteStringValue(apiKey);
        writer.WriteNumberValue(expires);
        writer.WriteStringValue(signature);
        writer.WriteEndArray();
    });

    private static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        fields(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
