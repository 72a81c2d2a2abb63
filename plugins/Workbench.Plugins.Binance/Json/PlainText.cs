using System.Text.Encodings.Web;
using System.Text.Json;

namespace Workbench.Plugins.Binance.Json;

/// <summary>How we write JSON: no escapes that the text does not need, so that base64 and foreign names read as they are.</summary>
internal static class PlainText
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
