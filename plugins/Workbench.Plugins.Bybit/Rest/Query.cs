using System.Text;

namespace Workbench.Plugins.Bybit.Rest;

/// <summary>Builds a query in the order of its calls.</summary>
internal sealed class Query
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a query of the category that this connector trades.</summary>
    public static Query Spot() => new Query().Add("category", "spot");

    /// <summary>Adds a field, escaped.</summary>
    public Query Add(string name, string value) => Append(name, Uri.EscapeDataString(value));

    /// <summary>Adds the venue's page cursor, where there is one. The venue gives it already escaped; it goes back as it came unless it would break the query.</summary>
    public Query AddCursor(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return this;
        }

        return Append("cursor", cursor.All(IsHarmless) ? cursor : Uri.EscapeDataString(cursor));
    }

    public override string ToString() => _text.ToString();

    private static bool IsHarmless(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '%' or ',' or ':';

    private Query Append(string name, string escaped)
    {
        _text.Append(_text.Length == 0 ? "" : "&").Append(name).Append('=').Append(escaped);
        return this;
    }
}
