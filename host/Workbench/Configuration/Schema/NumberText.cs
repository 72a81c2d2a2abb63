using System.Globalization;

namespace Workbench.Configuration.Schema;

/// <summary>Reads plain decimal numbers: no exponent, no infinity, no grouping, no octal; never a binary fraction (F03).</summary>
internal static class NumberText
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    // Beyond this a decimal would round silently.
    private const int MaxDigits = 28;

    /// <summary>The number, or null when the text is anything but digits with an optional sign and point.</summary>
    public static decimal? Parse(string text)
    {
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "0" : digits[(point + 1)..];
        var isPlain = AllDigits(whole) && AllDigits(fraction) && (whole.Length == 1 || whole[0] != '0') && whole.Length + fraction.Length <= MaxDigits;
        return isPlain && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>The problem when the value is outside its bounds, else null.</summary>
    public static string? OutOf(decimal value, decimal min, decimal max, Func<decimal, string> show)
    {
        if (value < min)
        {
            return $"is below the least allowed, {show(min)}";
        }

        return value > max ? $"is above the most allowed, {show(max)}" : null;
    }

    public static string Show(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool AllDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
