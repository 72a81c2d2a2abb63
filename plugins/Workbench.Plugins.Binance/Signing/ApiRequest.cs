using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Workbench.Plugins.Binance.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Signing;

/// <summary>One request of the WebSocket API. Its signature covers all parameters sorted by name, as UTF-8 text without percent-encoding.</summary>
internal sealed class ApiRequest(long id, string method)
{
    private readonly SortedDictionary<string, object> _parameters = new(StringComparer.Ordinal);

    public ApiRequest With(string name, string value)
    {
        _parameters[name] = value;
        return this;
    }

    public ApiRequest With(string name, long value)
    {
        _parameters[name] = value;
        return this;
    }

    /// <summary>Adds key, receive window, timestamp and signature.</summary>
    public ApiRequest Signed(ISigner signer, ConnectorContext context)
    {
        With("apiKey", signer.ApiKey).With("recvWindow", SignedForm.ReceiveWindow(context)).With("timestamp", context.VenueClock.Now.UnixMilliseconds);
        return With("signature", SignatureText.Of(signer, Encoding.UTF8.GetBytes(Payload())));
    }

    /// <summary>The text that is signed.</summary>
    public string Payload() => string.Join('&', _parameters.Where(p => p.Key != "signature").Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}={p.Value}")));

    /// <summary>The request as it goes on the wire.</summary>
    public ReadOnlyMemory<byte> ToUtf8()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, PlainText.Options);
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, id);
        writer.WriteString("method"u8, method);
        if (_parameters.Count > 0)
        {
            WriteParameters(writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteParameters(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("params"u8);
        foreach (var (name, value) in _parameters)
        {
            if (value is long number)
            {
                writer.WriteNumber(name, number);
            }
            else
            {
                writer.WriteString(name, (string)value);
            }
        }

        writer.WriteEndObject();
    }
}
