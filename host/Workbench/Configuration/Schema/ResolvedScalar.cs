using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>A scalar after its variables were replaced. <paramref name="Text"/> may be secret: messages show <see cref="Shown"/>.</summary>
internal sealed record ResolvedScalar(YamlScalar Source, string Text, bool IsFromEnvironment)
{
    private const int MaxShown = 60;

    /// <summary>True when nothing is left of it.</summary>
    public bool IsEmpty => Text.Length == 0 || Source.IsNull;

    /// <summary>True when a literal stands in quotation marks, which makes it text and never a number.</summary>
    public bool IsQuotedLiteral => !Source.IsPlain && !IsFromEnvironment;

    /// <summary>The value as the file writes it, with the variable's name and not its value.</summary>
    public string Shown
    {
        get
        {
            var text = Source.Text.Length > MaxShown ? $"{Source.Text[..MaxShown]}…" : Source.Text;
            return $"'{HiddenCharacters.Harmless(text)}'";
        }
    }

    /// <summary>Keeps the value out of whatever prints records.</summary>
    public override string ToString() => Shown;
}
