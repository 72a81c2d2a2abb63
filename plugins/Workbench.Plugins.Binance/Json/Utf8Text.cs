using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Json;

/// <summary>Small readings of scalars that a scanner has found.</summary>
internal static class Utf8Text
{
    private const int MaxMessageLength = 200;

    public static bool TryLong(ReadOnlySpan<byte> utf8, out long value) =>
        Utf8Parser.TryParse(utf8, out value, out var used) && used == utf8.Length && used > 0;

    public static bool TryBool(ReadOnlySpan<byte> utf8, out bool value)
    {
        value = utf8.SequenceEqual("true"u8);
        return value || utf8.SequenceEqual("false"u8);
    }

    /// <summary>Finds an instrument. Names are plain UTF-8 in practice; escaped ones are decoded on a slow path.</summary>
    public static bool TryInstrument(InstrumentMap instruments, ReadOnlySpan<byte> name, out Instrument? instrument)
    {
        if (instruments.TryGet(name, out instrument))
        {
            return true;
        }

        return name.Contains((byte)'\\') && TryUnescape(name, out var text) && instruments.TryGet(text, out instrument);
    }

    /// <summary>A venue's words, made safe for a log line.</summary>
    public static string Message(ReadOnlySpan<byte> utf8) => Message(Encoding.UTF8.GetString(utf8));

    /// <inheritdoc cref="Message(ReadOnlySpan{byte})"/>
    public static string Message(string text)
    {
        var cut = text.Length > MaxMessageLength ? text[..MaxMessageLength] : text;
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c)) : cut;
    }

    private static bool TryUnescape(ReadOnlySpan<byte> content, out string text)
    {
        byte[] quoted = [(byte)'"', .. content, (byte)'"'];
        try
        {
            var reader = new Utf8JsonReader(quoted);
            reader.Read();
            text = reader.GetString() ?? "";
            return text.Length > 0;
        }
        catch (JsonException)
        {
            text = "";
            return false;
        }
    }
}
