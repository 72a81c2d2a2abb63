using System.Buffers;
using System.Text.Json;
using Workbench.Plugins.Binance.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Streams;

/// <summary>One SUBSCRIBE or UNSUBSCRIBE with the streams it names.</summary>
internal sealed record ControlCommand(long Id, bool IsSubscribe, IReadOnlyList<(MarketSubscription Subscription, string Stream)> Streams)
{
    public ReadOnlyMemory<byte> ToUtf8()
    {
        var buffer = new ArrayBufferWriter<byte>(64 + (Streams.Count * 32));
        using var writer = new Utf8JsonWriter(buffer, PlainText.Options);
        writer.WriteStartObject();
        writer.WriteString("method"u8, IsSubscribe ? "SUBSCRIBE"u8 : "UNSUBSCRIBE"u8);
        writer.WriteStartArray("params"u8);
        foreach (var (_, stream) in Streams)
        {
            writer.WriteStringValue(stream);
        }

        writer.WriteEndArray();
        writer.WriteNumber("id"u8, Id);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
