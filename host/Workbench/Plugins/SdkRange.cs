using System.Diagnostics.CodeAnalysis;

namespace Workbench.Plugins;

/// <summary>A range of Sdk versions, such as <c>&gt;=0.1 &lt;0.2</c>: every bound must hold.</summary>
internal sealed class SdkRange
{
    private readonly (string Operator, Version Version)[] _bounds;
    private readonly string _text;

    private SdkRange(string text, (string Operator, Version Version)[] bounds)
    {
        _text = text;
        _bounds = bounds;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out SdkRange? range)
    {
        range = null;
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var bounds = new (string Operator, Version Version)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var digits = parts[i].AsSpan().IndexOfAnyInRange('0', '9');
            if (digits <= 0 || parts[i][..digits] is not (">=" or ">" or "<=" or "<" or "=") || !Version.TryParse(parts[i].AsSpan(digits), out var version))
            {
                return false;
            }

            bounds[i] = (parts[i][..digits], version);
        }

        range = bounds.Length > 0 ? new SdkRange(string.Join(' ', parts), bounds) : null;
        return range is not null;
    }

    public bool Contains(Version version) => Array.TrueForAll(_bounds, b => b.Operator switch
    {
        ">=" => version >= b.Version,
        ">" => version > b.Version,
        "<=" => version <= b.Version,
        "<" => version < b.Version,
        _ => version == b.Version,
    });

    public override string ToString() => _text;
}
