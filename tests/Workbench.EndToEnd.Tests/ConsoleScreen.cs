using System.Text.RegularExpressions;

namespace Workbench.EndToEnd.Tests;

/// <summary>What the terminal showed at one moment. Lines that ran over the right edge are joined, so that they are too long here.</summary>
internal sealed partial record ConsoleScreen(int Width, int Height, string Text)
{
    private static readonly string[] Panels = ["1 Connections", "2 Quotes", "3 Orders", "4 Positions", "5 Log"];

    /// <summary>What is cut off, missing or too long; null for a screen as it should be.</summary>
    public string? Flaw => Flaws().FirstOrDefault();

    /// <summary>The best prices of BTC/USDT and where they come from; null before there are any.</summary>
    public (string Bid, string Ask, string Source)? Quote =>
        QuoteRow().Match(Text) is { Success: true } m ? (m.Groups["bid"].Value, m.Groups["ask"].Value, m.Groups["source"].Value) : null;

    public bool Shows(string pattern) => Regex.IsMatch(Text, pattern, RegexOptions.Multiline);

    public override string ToString() => $"{Width}x{Height}{(Flaw is { } flaw ? $", {flaw}" : "")}\n{Text}";

    private IEnumerable<string> Flaws()
    {
        var lines = Text.Split('\n').Select(l => l.TrimEnd()).ToArray();
        if (lines.Length != Height)
        {
            yield return $"{lines.Length} lines instead of {Height}";
        }

        foreach (var line in lines.Where(l => l.Length > Width))
        {
            yield return $"longer than the screen is wide: {line}";
        }

        if (!StatusRow().IsMatch(lines[0]) || lines[0].Length != Width - 1)
        {
            yield return "the status line does not reach from edge to edge";
        }

        if (!KeyRow().IsMatch(lines[^1]) || lines[^1].Length != Width - 3)
        {
            yield return "the key line does not reach from edge to edge";
        }

        foreach (var line in lines.Where(l => TitleRow().IsMatch(l) && l.Length != Width))
        {
            yield return $"a title that does not reach the edge: {line}";
        }

        foreach (var panel in Panels.Where(p => !lines[1..^1].Any(l => l.Contains($"{p} ─", StringComparison.Ordinal))))
        {
            yield return $"no panel {panel}";
        }

        // A long line of the log may be cut; nothing else is long on a well-configured workbench.
        foreach (var line in lines.Where(l => LogEntry().Replace(l, "").Contains('…', StringComparison.Ordinal)))
        {
            yield return $"cut off: {line}";
        }
    }

    [GeneratedRegex(@"^ BTC/USDT +[▲▼]?(?<bid>\d+\.\d+) +\S+ +[▲▼]?(?<ask>\d+\.\d+) .*?(?<source>binance|bybit)", RegexOptions.Multiline)]
    private static partial Regex QuoteRow();

    [GeneratedRegex(@"^ SIM │ .* \d\d:\d\d:\d\d UTC$")]
    private static partial Regex StatusRow();

    [GeneratedRegex(@"^ 1 Connections 2 Quotes 3 Orders 4 Positions 5 Log 0 all .*\? keys q quit$")]
    private static partial Regex KeyRow();

    [GeneratedRegex("^[ ▌][1-5] [A-Z][a-z]+ ─")]
    private static partial Regex TitleRow();

    [GeneratedRegex(@"\d\d:\d\d:\d\d [·!×] .*$")]
    private static partial Regex LogEntry();
}
