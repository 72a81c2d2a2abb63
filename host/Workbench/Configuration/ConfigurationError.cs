using System.Globalization;

namespace Workbench.Configuration;

/// <summary>One thing wrong in the configuration: where it stands, what is wrong and, where one is near, the right name.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">1-based; 0 when the file as a whole is meant.</param>
/// <param name="Column">1-based; 0 when the file as a whole is meant.</param>
/// <param name="Path">The dotted path of the key, such as <c>connections.binance.retry</c>; empty for the whole file.</param>
/// <param name="Message">What is wrong, never with the value of an environment variable in it.</param>
/// <param name="Suggestion">The nearest right name; null when none is near.</param>
internal sealed record ConfigurationError(string File, int Line, int Column, string Path, string Message, string? Suggestion)
{
    /// <summary>The form compilers use, so that editors jump to it: <c>workbench.yaml(12,5): path: message; did you mean 'x'?</c></summary>
    public override string ToString()
    {
        var place = Line == 0 ? File : string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column})");
        var path = Path.Length == 0 ? "" : $"{Path}: ";
        var hint = Suggestion is null ? "" : $"; did you mean '{Suggestion}'?";
        return $"{place}: {path}{Message}{hint}";
    }
}
