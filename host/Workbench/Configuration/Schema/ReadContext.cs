using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>What reading one file needs and learns: variables, errors, and where each key stands for the checks that follow.</summary>
internal sealed class ReadContext(ConfigurationErrors errors, Func<string, string?> environment)
{
    private readonly Dictionary<string, YamlPosition> _positions = new(StringComparer.Ordinal);

    public void Error(YamlPosition at, string path, string message, string? suggestion = null) => errors.Add(at, path, message, suggestion);

    /// <summary>
    /// Reports an error at the key, or at the nearest enclosing one when the key was left out. A key that was refused already
    /// holds a stand-in, and what a check says about that would only mislead.
    /// </summary>
    public void Error(string path, string message, string? suggestion = null)
    {
        if (!IsRefused(path))
        {
            errors.Add(PositionOf(path), path, message, suggestion);
        }
    }

    /// <summary>True when the value at exactly this path was refused.</summary>
    public bool IsRefused(string path) => errors.At(path);

    /// <summary>True when the file has this key or item.</summary>
    public bool IsGiven(string path) => _positions.ContainsKey(path);

    public void Found(string path, YamlPosition at) => _positions[path] = at;

    public YamlPosition PositionOf(string path)
    {
        for (var at = path; at.Length > 0; at = ConfigurationPath.Parent(at))
        {
            if (_positions.TryGetValue(at, out var position))
            {
                return position;
            }
        }

        return _positions.GetValueOrDefault("", new YamlPosition(1, 1));
    }

    /// <summary>The scalar with its variables replaced; null after an error was added.</summary>
    public ResolvedScalar? Resolve(YamlScalar scalar, string path)
    {
        var expansion = EnvironmentText.Expand(scalar.Text, environment);
        foreach (var problem in expansion.Problems)
        {
            Error(scalar.Start, path, problem);
        }

        return expansion.Problems.Count > 0
            ? null
            : new ResolvedScalar(scalar, expansion.Text, expansion.HasReference);
    }
}
