using YamlDotNet.Core;

namespace Workbench.Configuration.Yaml;

/// <summary>Turns the parser's complaint into a sentence that names the usual cause.</summary>
internal static class YamlSyntax
{
    public static (YamlPosition At, string Message) Explain(YamlException e, string text)
    {
        var at = new YamlPosition((int)e.Start.Line, (int)e.Start.Column);
        var lines = text.Split('\n');
        if (e.Message.Contains("tab", StringComparison.Ordinal) && FindIndentingTab(lines) is { } tab)
        {
            return (tab, "a tab cannot indent YAML: use spaces");
        }

        var line = at.Line >= 1 && at.Line <= lines.Length ? lines[at.Line - 1] : "";
        if (line.Contains("${", StringComparison.Ordinal) && e.Message.Contains("did not find expected", StringComparison.Ordinal))
        {
            return (at, "inside [ ] and { } a variable must be quoted: \"${NAME}\"");
        }

        return (at, $"not valid YAML: {e.Message.TrimEnd('.')}");
    }

    private static YamlPosition? FindIndentingTab(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var column = lines[i].AsSpan().IndexOfAnyExcept(' ');
            if (column >= 0 && lines[i][column] == '\t')
            {
                return new YamlPosition(i + 1, column + 1);
            }
        }

        return null;
    }
}
