using System.Text;

namespace Workbench.Configuration.Schema;

/// <summary>
/// Replaces <c>${NAME}</c> and <c>${NAME:-default}</c>; <c>$${</c> writes a literal <c>${</c>. A variable that is missing or
/// empty and has no default is an error, because a key sent as the text "${KEY}" fails at the venue, far from its cause (F04).
/// </summary>
internal static class EnvironmentText
{
    private const string Open = "${";
    private const string Separator = ":-";

    /// <summary>The text, whether a variable stood in it, and what is wrong, by name and never by value.</summary>
    public readonly record struct Expansion(string Text, bool HasReference, IReadOnlyList<string> Problems);

    public static Expansion Expand(string raw, Func<string, string?> environment)
    {
        if (!raw.Contains(Open, StringComparison.Ordinal))
        {
            return new Expansion(raw, HasReference: false, []);
        }

        var text = new StringBuilder();
        var problems = new List<string>();
        var hasReference = false;
        var rest = raw.AsSpan();
        for (var open = rest.IndexOf(Open); open >= 0; open = rest.IndexOf(Open))
        {
            if (open > 0 && rest[open - 1] == '$')
            {
                text.Append(rest[..(open - 1)]).Append(Open);
                rest = rest[(open + Open.Length)..];
                continue;
            }

            text.Append(rest[..open]);
            rest = rest[(open + Open.Length)..];
            hasReference = true;
            var close = rest.IndexOf('}');
            if (close < 0)
            {
                problems.Add("'${' without its '}'; write ${NAME}, or $${ for the characters themselves");
                break;
            }

            Append(rest[..close].ToString(), environment, text, problems);
            rest = rest[(close + 1)..];
        }

        return new Expansion(text.Append(rest).ToString(), hasReference, problems);
    }

    /// <summary>The variable's name when the text is one reference and nothing else, and its default if it has one.</summary>
    public static (string Name, string? Default)? SingleReference(string raw)
    {
        if (!raw.StartsWith(Open, StringComparison.Ordinal) || raw.IndexOf('}', StringComparison.Ordinal) != raw.Length - 1)
        {
            return null;
        }

        var (name, fallback) = Split(raw[Open.Length..^1]);
        return IsName(name) ? (name, fallback) : null;
    }

    private static void Append(string reference, Func<string, string?> environment, StringBuilder text, List<string> problems)
    {
        var (name, fallback) = Split(reference);
        if (!IsName(name) || fallback?.Contains(Open, StringComparison.Ordinal) == true)
        {
            problems.Add("not a variable: write ${NAME} or ${NAME:-default}, not nested");
            return;
        }

        var value = environment(name);
        if (string.IsNullOrEmpty(value))
        {
            AppendDefault(name, fallback, isSet: value is not null, text, problems);
        }
        else if (value.Any(HiddenCharacters.IsHarmful))
        {
            problems.Add($"environment variable {name} holds a line break or another control character");
        }
        else
        {
            text.Append(value);
        }
    }

    private static void AppendDefault(string name, string? fallback, bool isSet, StringBuilder text, List<string> problems)
    {
        if (fallback is not null)
        {
            text.Append(fallback);
            return;
        }

        var state = isSet ? "empty" : "not set";
        problems.Add($"environment variable {name} is {state}; set it, or write ${{{name}:-default}}");
    }

    private static (string Name, string? Default) Split(string reference)
    {
        var cut = reference.IndexOf(Separator, StringComparison.Ordinal);
        return cut < 0 ? (reference, null) : (reference[..cut], reference[(cut + Separator.Length)..]);
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
