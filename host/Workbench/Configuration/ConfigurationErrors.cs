using Workbench.Configuration.Yaml;

namespace Workbench.Configuration;

/// <summary>Collects every error of one load, so that a user mends the file once and not error by error.</summary>
internal sealed class ConfigurationErrors(string file)
{
    private readonly List<ConfigurationError> _errors = [];
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    /// <summary>True when something is wrong at exactly this path.</summary>
    public bool At(string path) => _paths.Contains(path);

    public void Add(YamlPosition at, string path, string message, string? suggestion = null)
    {
        _paths.Add(path);
        _errors.Add(new ConfigurationError(file, at.Line, at.Column, path, message, suggestion));
    }

    public IReadOnlyList<ConfigurationError> Sorted() =>
    [
        .. _errors.Distinct()
            .OrderBy(e => e.Line)
            .ThenBy(e => e.Column)
            .ThenBy(e => e.Path, StringComparer.Ordinal)
            .ThenBy(e => e.Message, StringComparer.Ordinal),
    ];
}
