using Workbench.Plugins.Binance.Json;

namespace Workbench.Plugins.Binance.UserData;

/// <summary>The outside of a message of the WebSocket API: an answer, or an event with or without its wrapping.</summary>
internal readonly ref struct UserFrame
{
    private UserFrame(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> body, ReadOnlySpan<byte> id)
    {
        Kind = kind;
        Body = body;
        Id = id;
    }

    /// <summary>The kind of event; empty for an answer.</summary>
    public ReadOnlySpan<byte> Kind { get; }

    /// <summary>The object with the event's fields, or the whole answer.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The id that an answer repeats; <c>null</c> or empty when it is about the connection as a whole.</summary>
    public ReadOnlySpan<byte> Id { get; }

    /// <summary>Finds the parts; false when the text is not a JSON object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out UserFrame frame)
    {
        frame = default;
        var scanner = new Utf8Scanner(text);
        ReadOnlySpan<byte> kind = default, body = text, id = default;
        if (!scanner.TryTake((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!scanner.TryString(out var name) || !scanner.TryTake((byte)':'))
            {
                return false;
            }

            var isWrapped = (name.SequenceEqual("event"u8) || name.SequenceEqual("data"u8)) && scanner.Peek() == (byte)'{';
            var isKind = name.SequenceEqual("e"u8);
            var isId = name.SequenceEqual("id"u8);
            var start = scanner.Position;
            ReadOnlySpan<byte> content = default;
            if (!(isKind || isId ? scanner.TryScalar(out content) : scanner.TrySkip()))
            {
                return false;
            }

            body = isWrapped ? text[start..scanner.Position] : body;
            kind = isKind ? content : kind;
            id = isId ? content : id;
        }
        while (scanner.TryTake((byte)','));
        if (!scanner.TryTake((byte)'}') || scanner.Peek() != 0)
        {
            return false;
        }

        if (body.Length != text.Length)
        {
            return TryRead(body, out frame);
        }

        frame = new UserFrame(kind, body, id);
        return true;
    }
}
