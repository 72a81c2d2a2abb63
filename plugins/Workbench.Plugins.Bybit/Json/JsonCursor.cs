using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Json;

/// <summary>Walks one JSON text forward without building anything. A value of the wrong shape does not stop the walk: it is remembered in
/// <see cref="Problem"/>, so that one bad row never takes its neighbours along. Only broken JSON throws, a <see cref="JsonException"/>.</summary>
internal ref struct JsonCursor
{
    // Past the year 2200 a number is no time any more, and its nanoseconds would not fit.
    private const long LatestMilliseconds = 7_258_118_400_000;

    private Utf8JsonReader _reader;

    /// <summary>Begins in front of the text's first token. The text must be valid UTF-8.</summary>
    public JsonCursor(ReadOnlySpan<byte> utf8) => _reader = new Utf8JsonReader(utf8);

    /// <summary>The first value that was not what it should be; null while all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where the current token begins in the text.</summary>
    public readonly int TokenStart => (int)_reader.TokenStartIndex;

    /// <summary>How far the text has been read.</summary>
    public readonly int Consumed => (int)_reader.BytesConsumed;

    /// <summary>True when nothing but blanks is left.</summary>
    /// <exception cref="JsonException">Something else is left.</exception>
    public bool AtEnd() => !_reader.Read();

    /// <summary>Takes the problem and begins anew, for the next row.</summary>
    public string? TakeProblem()
    {
        var problem = Problem;
        Problem = null;
        return problem;
    }

    /// <summary>Remembers a problem, unless there is an earlier one.</summary>
    public void Fail(string problem) => Problem ??= problem;

    /// <summary>Goes into the object that is the next value; anything else is passed over.</summary>
    public bool EnterObject() => Enter(JsonTokenType.StartObject);

    /// <summary>Goes into the array that is the next value; anything else is passed over.</summary>
    public bool EnterArray() => Enter(JsonTokenType.StartArray);

    /// <summary>Goes to the next field of the object; false at its end. The field's value must be read or skipped before the next call.</summary>
    public bool NextField() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes into the next object of the array; false at the array's end.</summary>
    public bool NextObject()
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                return true;
            }

            Fail("a list holds something else than objects");
            _reader.Skip();
        }

        return false;
    }

    /// <summary>Reads the next text of the array; false at the array's end.</summary>
    public bool NextText(out string text)
    {
        text = "";
        if (!_reader.Read() || _reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        text = Encoding.UTF8.GetString(CurrentScalar());
        return true;
    }

    /// <summary>Reads the next array of numbers of the array; false at the outer array's end.</summary>
    /// <param name="values">Takes the first numbers; further elements are passed over.</param>
    /// <param name="count">How many numbers were taken.</param>
    public bool NextRow(scoped Span<decimal> values, out int count)
    {
        count = 0;
        if (!_reader.Read() || _reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            Fail("a list holds something else than rows");
            _reader.Skip();
            return true;
        }

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (count < values.Length)
            {
                values[count++] = CurrentNumber() ?? Missing();
            }
            else
            {
                _reader.Skip();
            }
        }

        return true;
    }

    /// <summary>True when the current field has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    /// <summary>Passes over the current field's value.</summary>
    public void Skip()
    {
        _reader.Read();
        _reader.Skip();
    }

    /// <summary>Reads a decimal written as text or number; null for <c>""</c> and <c>null</c>, which mean "not applicable".</summary>
    public decimal? Number()
    {
        _reader.Read();
        return CurrentNumber();
    }

    /// <summary>Reads a whole number written as text or number; null for <c>""</c> and <c>null</c>.</summary>
    public long? Integer()
    {
        _reader.Read();
        var text = CurrentScalar();
        if (text.IsEmpty)
        {
            return null;
        }

        if (Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length)
        {
            return value;
        }

        Fail("a whole number cannot be read");
        return null;
    }

    /// <summary>Reads milliseconds since 1970 written as text or number; null for <c>""</c>, zero and <c>null</c>.</summary>
    public Timestamp? Time()
    {
        var value = Integer();
        if (value is null or 0)
        {
            return null;
        }

        if (value is > 0 and < LatestMilliseconds)
        {
            return Timestamp.FromUnixMilliseconds(value.Value);
        }

        Fail("a time is out of range");
        return null;
    }

    /// <summary>Reads a truth value; null where there is none.</summary>
    public bool? Flag()
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return _reader.TokenType == JsonTokenType.True;
        }

        _reader.Skip();
        return null;
    }

    /// <summary>Reads text; null for <c>""</c> and <c>null</c>. A number is taken as its own text: the venue may answer an id in the form it was sent.</summary>
    public string? Text()
    {
        _reader.Read();
        var text = CurrentScalar();
        return text.IsEmpty ? null : Encoding.UTF8.GetString(text);
    }

    /// <summary>Reads text as it stands; empty for <c>""</c> and <c>null</c>.</summary>
    public ReadOnlySpan<byte> RawText()
    {
        _reader.Read();
        return CurrentScalar();
    }

    private bool Enter(JsonTokenType start)
    {
        _reader.Read();
        if (_reader.TokenType == start)
        {
            return true;
        }

        _reader.Skip();
        return false;
    }

    private decimal Missing()
    {
        Fail("a row holds an empty number");
        return 0;
    }

    private decimal? CurrentNumber()
    {
        var text = CurrentScalar();
        if (text.IsEmpty)
        {
            return null;
        }

        if (Numbers.TryParse(text, out var value))
        {
            return value;
        }

        Fail("a number cannot be read exactly");
        return null;
    }

    private ReadOnlySpan<byte> CurrentScalar()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                return _reader.ValueIsEscaped ? Unescaped() : _reader.ValueSpan;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return _reader.ValueSpan;
            case JsonTokenType.Null:
                return default;
            default:
                Fail("an object or a list stands where a plain value is expected");
                _reader.Skip();
                return default;
        }
    }

    private ReadOnlySpan<byte> Unescaped()
    {
        var buffer = new byte[_reader.ValueSpan.Length];
        try
        {
            return buffer.AsSpan(0, _reader.CopyString(buffer));
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: JSON allows the escape, UTF-8 has no bytes for it.
            Fail("a text holds a broken escape");
            return default;
        }
    }
}
