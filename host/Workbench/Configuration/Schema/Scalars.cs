namespace Workbench.Configuration.Schema;

/// <summary>The types of single values. Each names its unit and its bounds.</summary>
internal static class Scalars
{
    public static readonly ScalarShape<bool> Flag = new("flag", "true or false", false, ParseFlag) { AllowsQuotes = false };

    /// <summary>A file or directory.</summary>
    public static readonly ScalarShape<string> FilePath = new("path", null, "", ParsePath);

    /// <summary>A plugin by its id.</summary>
    public static readonly ScalarShape<string> PluginId = new("plugin id", "such as Workbench.Plugins.Binance", "", ParsePluginId);

    /// <summary>The name of a connection.</summary>
    public static readonly ScalarShape<string> ConnectionName = new("connection name", "a key of connections", "", Parsed<string>.Ok);

    public static readonly ScalarShape<string> Symbol = new("symbol", "such as BTC/USDT", "", SymbolText.Parse);

    public static readonly ScalarShape<string> SymbolOrAll = new("symbol", "such as BTC/USDT, or * for all", "", SymbolText.ParseOrAll);

    public static readonly ScalarShape<Uri> Url = new("address", UrlText.Range, new Uri("about:blank"), UrlText.Parse);

    /// <summary>How fast a tape plays; 0 is as fast as the reader reads.</summary>
    public static readonly ScalarShape<decimal> Speed = new("speed", "0.01x to 1000x, or max", 1, ParseSpeed);

    public static ScalarShape<int> Whole(int min, int max) =>
        new("whole number", $"{NumberText.Show(min)} to {NumberText.Show(max)}", min, t => Convert(ParseWhole(t, min, max), n => (int)n)) { AllowsQuotes = false };

    public static ScalarShape<long> WholeLong(long min, long max) =>
        new("whole number", $"{NumberText.Show(min)} to {NumberText.Show(max)}", min, t => Convert(ParseWhole(t, min, max), n => (long)n)) { AllowsQuotes = false };

    public static ScalarShape<decimal> Number(decimal min, decimal max) =>
        new("number", $"{NumberText.Show(min)} to {NumberText.Show(max)}", min, t => ParseNumber(t, min, max)) { AllowsQuotes = false };

    /// <summary>A share written in percent and kept as a fraction: <c>10%</c> is 0.1.</summary>
    public static ScalarShape<decimal> Percent(decimal min, decimal max) =>
        new("percentage", $"{ShowPercent(min)} to {ShowPercent(max)}", min / 100, t => ParsePercent(t, min, max));

    public static ScalarShape<TimeSpan> Duration(string min, string max)
    {
        var least = Bound(UnitText.Duration, min);
        var most = Bound(UnitText.Duration, max);
        return new("duration", $"{min} to {max}", TimeSpan.FromTicks(least), t => Convert(UnitText.Duration.Parse(t, least, most), TimeSpan.FromTicks));
    }

    /// <summary>A size, kept in bytes.</summary>
    public static ScalarShape<long> Size(string min, string max)
    {
        var least = Bound(UnitText.Size, min);
        var most = Bound(UnitText.Size, max);
        return new("size", $"{min} to {max}", least, t => UnitText.Size.Parse(t, least, most));
    }

    public static ScalarShape<T> Choice<T>()
        where T : struct, Enum =>
        new("choice", ChoiceText<T>.Range, default, ChoiceText<T>.Parse);

    private static long Bound(UnitText unit, string text) => unit.Parse(text, 0, long.MaxValue).Value;

    private static Parsed<bool> ParseFlag(string text) => text switch
    {
        "true" => Parsed<bool>.Ok(true),
        "false" => Parsed<bool>.Ok(false),
        "yes" or "on" or "y" or "True" or "TRUE" or "Yes" or "On" => Parsed<bool>.Bad("is neither true nor false", "true"),
        "no" or "off" or "n" or "False" or "FALSE" or "No" or "Off" => Parsed<bool>.Bad("is neither true nor false", "false"),
        _ => Parsed<bool>.Bad("is neither true nor false"),
    };

    private static Parsed<string> ParsePath(string text) =>
        text.Any(HiddenCharacters.IsHarmful) ? Parsed<string>.Bad("is not a path: it holds a control character") : Parsed<string>.Ok(text);

    public static Parsed<string> ParsePluginId(string text)
    {
        var isId = text.Length <= 128 && text.Split('.').All(p => p.Length > 0 && char.IsAsciiLetter(p[0]) && p.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        return isId ? Parsed<string>.Ok(text) : Parsed<string>.Bad("is not a plugin id such as Workbench.Plugins.Binance");
    }

    private static Parsed<decimal> ParseWhole(string text, decimal min, decimal max)
    {
        var number = ParseNumber(text, min, max);
        return number.Problem is null && !decimal.IsInteger(number.Value) ? Parsed<decimal>.Bad("is not a whole number") : number;
    }

    private static Parsed<decimal> ParseNumber(string text, decimal min, decimal max)
    {
        if (NumberText.Parse(text) is not { } value)
        {
            return Parsed<decimal>.Bad("is not a plain number; write 100000 or 0.5, without exponent, grouping or sign of infinity");
        }

        return NumberText.OutOf(value, min, max, NumberText.Show) is { } problem ? Parsed<decimal>.Bad(problem) : Parsed<decimal>.Ok(value);
    }

    private static Parsed<decimal> ParsePercent(string text, decimal min, decimal max)
    {
        if (!text.EndsWith('%') || NumberText.Parse(text[..^1]) is not { } value)
        {
            return Parsed<decimal>.Bad("is not a percentage; write 0.1% or 10%");
        }

        return NumberText.OutOf(value, min, max, ShowPercent) is { } problem ? Parsed<decimal>.Bad(problem) : Parsed<decimal>.Ok(value / 100);
    }

    private static Parsed<decimal> ParseSpeed(string text)
    {
        if (text == "max")
        {
            return Parsed<decimal>.Ok(0);
        }

        if (!text.EndsWith('x') || NumberText.Parse(text[..^1]) is not { } value)
        {
            return Parsed<decimal>.Bad("is not a speed; write 1x, 10x or max");
        }

        return NumberText.OutOf(value, 0.01m, 1000, n => $"{NumberText.Show(n)}x") is { } problem ? Parsed<decimal>.Bad(problem) : Parsed<decimal>.Ok(value);
    }

    private static string ShowPercent(decimal value) => $"{NumberText.Show(value)}%";

    private static Parsed<TTo> Convert<TFrom, TTo>(Parsed<TFrom> from, Func<TFrom, TTo> to) =>
        from.Problem is null ? Parsed<TTo>.Ok(to(from.Value)) : Parsed<TTo>.Bad(from.Problem, from.Suggestion);
}
