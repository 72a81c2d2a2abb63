using System.Globalization;

namespace Workbench.Simulator.Binance;

/// <summary>Parameters of one call by name, as decoded text. The first problem found while reading is kept in <see cref="Error"/>.</summary>
internal sealed class Parameters
{
    private const string NumberRange = @"^([0-9]{1,20})(\.[0-9]{1,20})?$";
    private const string ClientIdRange = "^[a-zA-Z0-9-_]{1,36}$";
    private const string IntegerRange = "^[0-9]{1,20}$";
    private const int MostDecimals = 8;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public ApiError? Error { get; private set; }

    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Adds unless the name is there already: the query is read before the body and wins.</summary>
    public void Add(string name, string value) => _values.TryAdd(name, value);

    public bool Has(string name) => _values.TryGetValue(name, out var value) && value.Length > 0;

    public string? Text(string name) => Has(name) ? _values[name] : null;

    public string Required(string name)
    {
        if (Text(name) is { } value)
        {
            return value;
        }

        Fail(ApiError.Missing(name));
        return "";
    }

    /// <summary>A plain decimal; 0 when absent. Exponents and signs are refused, as are more than eight decimals.</summary>
    public decimal Number(string name, bool required = false)
    {
        var text = required ? Required(name) : Text(name);
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        if (!IsPlainNumber(text))
        {
            Fail(ApiError.Illegal(name, NumberRange));
            return 0;
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0 && text.AsSpan(dot + 1).TrimEnd('0').Length > MostDecimals)
        {
            Fail(ApiError.TooPrecise(name));
            return 0;
        }

        return decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    public long? Integer(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Fail(ApiError.Illegal(name, IntegerRange));
        return null;
    }

    /// <summary>A limit between 1 and <paramref name="most"/>; larger ones are clipped.</summary>
    public int Limit(int standard, int most)
    {
        var value = Integer("limit") ?? standard;
        if (value < 1)
        {
            Fail(new ApiError(-1130, "Data sent for parameter 'limit' is not valid."));
        }

        return (int)Math.Clamp(value, 1, most);
    }

    public bool Flag(string name, bool standard)
    {
        switch (Text(name))
        {
            case null:
                return standard;
            case "true":
                return true;
            case "false":
                return false;
            default:
                Fail(ApiError.Illegal(name, "^(true|false)$"));
                return standard;
        }
    }

    public string? ClientId(string name)
    {
        var text = Text(name);
        if (text is null || (text.Length <= 36 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            return text;
        }

        Fail(ApiError.Illegal(name, ClientIdRange));
        return null;
    }

    public void Fail(ApiError error) => Error ??= error;

    private static bool IsPlainNumber(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? text : text[..dot];
        var fraction = dot < 0 ? "0" : text[(dot + 1)..];
        return whole.Length is >= 1 and <= 20 && fraction.Length is >= 1 and <= 20
            && whole.All(char.IsAsciiDigit) && fraction.All(char.IsAsciiDigit);
    }
}
