using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Workbench.Simulator.Server;

/// <summary>Writing JSON the way exchanges do: decimals as strings, no needless escapes.</summary>
internal static class JsonText
{
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Renders one JSON value to its own array.</summary>
    public static byte[] Render<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = Scratch.Rent();
        try
        {
            buffer.Writer.Reset(buffer.Bytes);
            write(buffer.Writer, state);
            buffer.Writer.Flush();
            return buffer.Bytes.WrittenSpan.ToArray();
        }
        finally
        {
            Scratch.Return(buffer);
        }
    }

    /// <summary>A decimal as a string with exactly eight decimals, cut, not rounded.</summary>
    public static void Fixed8(this Utf8JsonWriter json, string name, decimal value)
    {
        json.WritePropertyName(name);
        json.Fixed8(value);
    }

    public static void Fixed8(this Utf8JsonWriter json, decimal value)
    {
        Span<char> text = stackalloc char[64];
        decimal.Round(value, 8, MidpointRounding.ToZero).TryFormat(text, out var length, "F8", CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }

    /// <summary>A decimal as a string without trailing zeros.</summary>
    public static void Plain(this Utf8JsonWriter json, string name, decimal value)
    {
        Span<char> text = stackalloc char[64];
        value.TryFormat(text, out var length, "0.############################", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    private sealed class Scratch
    {
        [ThreadStatic]
        private static Scratch? _cached;

        public ArrayBufferWriter<byte> Bytes { get; } = new(4096);

        public Utf8JsonWriter Writer { get; }

        private Scratch() => Writer = new Utf8JsonWriter(Bytes, Options);

        public static Scratch Rent()
        {
            var scratch = _cached ?? new Scratch();
            _cached = null;
            scratch.Bytes.ResetWrittenCount();
            return scratch;
        }

        public static void Return(Scratch scratch) => _cached = scratch;
    }
}
