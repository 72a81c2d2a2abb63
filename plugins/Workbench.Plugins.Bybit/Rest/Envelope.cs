using System.Text.Json;
using System.Text.Unicode;
using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Rest;

/// <summary>What every answer of the venue is wrapped in.</summary>
/// <param name="Code">Zero for success.</param>
/// <param name="Message">The venue's words; not for logic.</param>
/// <param name="Result">The result as JSON text; empty where there is none.</param>
/// <param name="Time">When the venue answered.</param>
internal readonly record struct Envelope(int Code, string? Message, ReadOnlyMemory<byte> Result, Timestamp? Time)
{
    /// <summary>Reads an answer's wrapping; null when it is not the venue's.</summary>
    public static Envelope? Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty || !Utf8.IsValid(body.Span))
        {
            return null;
        }

        try
        {
            return ReadFields(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Envelope? ReadFields(ReadOnlyMemory<byte> body)
    {
        var cursor = new JsonCursor(body.Span);
        long? code = null;
        string? message = null;
        Timestamp? time = null;
        var result = ReadOnlyMemory<byte>.Empty;
        if (!cursor.EnterObject())
        {
            return null;
        }

        while (cursor.NextField())
        {
            if (cursor.Is("retCode"u8))
            {
                code = cursor.Integer();
            }
            else if (cursor.Is("retMsg"u8))
            {
                message = cursor.Text();
            }
            else if (cursor.Is("time"u8))
            {
                time = cursor.Time();
            }
            else if (cursor.Is("result"u8))
            {
                var before = cursor.Consumed;
                cursor.Skip();
                result = ValueIn(body[before..cursor.Consumed]);
            }
            else
            {
                cursor.Skip();
            }
        }

        // An answer without a code is no answer, and one with more behind its end is cut together from two.
        return code is >= int.MinValue and <= int.MaxValue && cursor.AtEnd() ? new Envelope((int)code.Value, message, result, time) : null;
    }

    // Between a field's name and its value stand a colon and perhaps blanks.
    private static ReadOnlyMemory<byte> ValueIn(ReadOnlyMemory<byte> text)
    {
        var start = text.Span.IndexOfAny((byte)'{', (byte)'[');
        return start < 0 ? ReadOnlyMemory<byte>.Empty : text[start..];
    }
}
