using System.Runtime.CompilerServices;
using Workbench.Plugins.Binance.Json;
using Workbench.Plugins.Binance.Market;

namespace Workbench.Plugins.Binance.Streams;

/// <summary>The members of one stream message, found in one pass: members with one-letter names by their letter, the sides of a book in buffers, and the few long names of envelopes and answers.</summary>
internal ref struct StreamFields(ReadOnlySpan<byte> message)
{
    private const int MaxEnvelopes = 4;
    private readonly ReadOnlySpan<byte> _message = message;
    private Letters _letters;

    /// <summary>The id of an answer to a control message; empty when there is none.</summary>
    public ReadOnlySpan<byte> Id { get; private set; }

    /// <summary>The code of a refused control message; empty when there is none.</summary>
    public ReadOnlySpan<byte> Code { get; private set; }

    /// <summary>The venue's words about a refused control message.</summary>
    public ReadOnlySpan<byte> Words { get; private set; }

    /// <summary>True when the message answers a control message.</summary>
    public bool IsReply { get; private set; }

    /// <summary>The text of the member with a one-letter name; empty when it is missing.</summary>
    public readonly ReadOnlySpan<byte> this[char letter]
    {
        get
        {
            var place = _letters[letter - 'A'];
            return _message.Slice((int)(place >> 32), (int)(place & 0xFFFFFFFF));
        }
    }

    /// <summary>True when the member is there, even if it is empty.</summary>
    public readonly bool Has(char letter) => _letters[letter - 'A'] != 0;

    /// <summary>Reads the whole message.</summary>
    /// <returns>False when it is not one JSON object, or a side of a book holds something else than positive prices.</returns>
    public bool TryRead(LevelBuffer bids, LevelBuffer asks)
    {
        bids.Clear();
        asks.Clear();
        var scanner = new Utf8Scanner(_message);
        return TryObject(ref scanner, bids, asks, MaxEnvelopes) && scanner.Peek() == 0;
    }

    private bool TryObject(ref Utf8Scanner scanner, LevelBuffer bids, LevelBuffer asks, int envelopes)
    {
        if (envelopes == 0 || !scanner.TryTake((byte)'{'))
        {
            return false;
        }

        if (scanner.TryTake((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!scanner.TryString(out var name) || !scanner.TryTake((byte)':'))
            {
                return false;
            }

            var isLetter = name.Length == 1 && char.IsAsciiLetter((char)name[0]);
            if (!(isLetter ? TryLetter(ref scanner, name[0], bids, asks) : TryWord(ref scanner, name, bids, asks, envelopes)))
            {
                return false;
            }
        }
        while (scanner.TryTake((byte)','));
        return scanner.TryTake((byte)'}');
    }

    private bool TryLetter(ref Utf8Scanner scanner, byte letter, LevelBuffer bids, LevelBuffer asks)
    {
        var first = scanner.Peek();
        if (first == (byte)'[' && letter is ((byte)'a' or (byte)'b'))
        {
            return (letter == (byte)'b' ? bids : asks).TryRead(ref scanner);
        }

        if (first is not ((byte)'{' or (byte)'['))
        {
            return TryKeep(ref scanner, letter);
        }

        var start = scanner.Position;
        var ok = scanner.TrySkip();
        Keep(letter, start, scanner.Position - start);
        return ok;
    }

    private bool TryKeep(ref Utf8Scanner scanner, byte letter)
    {
        if (!scanner.TryScalar(out var content))
        {
            return false;
        }

        // The scanner stands behind the content, and behind its closing quote where there is one.
        var end = scanner.Position - (_message[scanner.Position - 1] == (byte)'"' ? 1 : 0);
        Keep(letter, end - content.Length, content.Length);
        return true;
    }

    private void Keep(byte letter, int start, int length) => _letters[letter - 'A'] = ((long)start << 32) | (uint)length;

    private bool TryWord(ref Utf8Scanner scanner, ReadOnlySpan<byte> name, LevelBuffer bids, LevelBuffer asks, int envelopes)
    {
        if (name.SequenceEqual("stream"u8))
        {
            return scanner.TrySkip();
        }

        if (name.SequenceEqual("data"u8) || name.SequenceEqual("event"u8) || name.SequenceEqual("error"u8))
        {
            IsReply |= name.SequenceEqual("error"u8);
            return scanner.Peek() == (byte)'{' ? TryObject(ref scanner, bids, asks, envelopes - 1) : scanner.TrySkip();
        }

        return TryReplyMember(ref scanner, name);
    }

    private bool TryReplyMember(ref Utf8Scanner scanner, ReadOnlySpan<byte> name)
    {
        var isId = name.SequenceEqual("id"u8);
        var isCode = name.SequenceEqual("code"u8);
        var isWords = name.SequenceEqual("msg"u8);
        IsReply |= isId || isCode || name.SequenceEqual("result"u8);
        if (!(isId || isCode || isWords))
        {
            return scanner.TrySkip();
        }

        var ok = scanner.TryScalar(out var content);
        Id = isId ? content : Id;
        Code = isCode ? content : Code;
        Words = isWords ? content : Words;
        return ok;
    }

    // One place for each byte from 'A' to 'z': the offset in the upper half, the length in the lower.
    [InlineArray(58)]
    private struct Letters
    {
        private long _first;
    }
}
