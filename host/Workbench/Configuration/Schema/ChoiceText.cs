using System.Text;

namespace Workbench.Configuration.Schema;

/// <summary>Enumerations by their names in kebab case: <c>PrimarySecondary</c> is written <c>primary-secondary</c>.</summary>
internal static class ChoiceText<T>
    where T : struct, Enum
{
    private static readonly IReadOnlyList<(string Name, T Value)> All = [.. Enum.GetValues<T>().Select(v => (Kebab(v.ToString()), v))];

    public static string Range { get; } = string.Join(", ", All.Select(c => c.Name));

    public static Parsed<T> Parse(string text)
    {
        foreach (var (name, value) in All)
        {
            if (name == text)
            {
                return Parsed<T>.Ok(value);
            }
        }

        return Parsed<T>.Bad($"is not one of {Range}", NearestName.Find(text, All.Select(c => c.Name)));
    }

    public static string NameOf(T value) => Kebab(value.ToString());

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
