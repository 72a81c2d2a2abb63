namespace Workbench.Plugins.Binance.Json;

/// <summary>Walks JSON text forwards without allocating. It finds the members of the venue's small, flat messages faster than a general reader; it never throws and never reads outside the text.</summary>
internal ref struct Utf8Scanner(ReadOnlySpan<byte> text)
{
    private const int MaxDepth = 16;
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>The offset of the next byte.</summary>
    public int Position { get; private set; }

    /// <summary>The next byte that is not a blank, or zero at the end.</summary>
    public byte Peek()
    {
        while (Position < _text.Length && _text[Position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            Position++;
        }

        return Position < _text.Length ? _text[Position] : (byte)0;
    }

    /// <summary>Steps over one byte if it comes next.</summary>
    public bool TryTake(byte expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Reads a string; escapes stay as they are.</summary>
    public bool TryString(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!TryTake((byte)'"'))
        {
            return false;
        }

        var start = Position;
        while (true)
        {
            var rest = _text[Position..];
            var found = rest.IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0 || (rest[found] == (byte)'\\' && found + 1 >= rest.Length))
            {
                return false;
            }

            Position += found + 1;
            if (rest[found] == (byte)'"')
            {
                content = _text[start..(Position - 1)];
                return true;
            }

            Position++;
        }
    }

    /// <summary>Reads a string's content, or the text of a number, true, false or null.</summary>
    public bool TryScalar(out ReadOnlySpan<byte> content)
    {
        if (Peek() == (byte)'"')
        {
            return TryString(out content);
        }

        var rest = _text[Position..];
        var length = 0;
        while (length < rest.Length && IsBare(rest[length]))
        {
            length++;
        }

        content = rest[..length];
        Position += length;
        return length > 0;
    }

    /// <summary>Steps over one value of any kind.</summary>
    public bool TrySkip() => TrySkip(MaxDepth);

    private bool TrySkip(int depth)
    {
        var first = Peek();
        if (first is not ((byte)'{' or (byte)'['))
        {
            return TryScalar(out _);
        }

        var isObject = first == (byte)'{';
        var close = (byte)(isObject ? '}' : ']');
        Position++;
        if (TryTake(close))
        {
            return true;
        }

        do
        {
            if (depth == 0 || (isObject && !(TryString(out _) && TryTake((byte)':'))) || !TrySkip(depth - 1))
            {
                return false;
            }
        }
        while (TryTake((byte)','));
        return TryTake(close);
    }

    private static bool IsBare(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'+' or (byte)'.';
}
