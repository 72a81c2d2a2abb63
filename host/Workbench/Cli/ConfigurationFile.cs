using Workbench.Configuration;

namespace Workbench.Cli;

/// <summary>Reads the configuration for a command.</summary>
internal static class ConfigurationFile
{
    private const int MostShown = 50;

    /// <exception cref="ConfigurationRefusedException">The file is not there or not right.</exception>
    public static WorkbenchConfig Read(string path) => ConfigurationLoader.Load(path, Environment.GetEnvironmentVariable) switch
    {
        ConfigurationResult.Loaded loaded => loaded.Config,
        ConfigurationResult.Refused refused => throw new ConfigurationRefusedException(Lines(refused.Errors)),
        var other => throw new InvalidOperationException(other.ToString()),
    };

    private static IReadOnlyList<string> Lines(IReadOnlyList<ConfigurationError> errors)
    {
        List<string> lines = [.. errors.Take(MostShown).Select(e => e.ToString())];
        if (errors.Count > MostShown)
        {
            lines.Add($"workbench: {errors.Count - MostShown} further errors are not shown");
        }

        return lines;
    }
}

/// <summary>The configuration is not right; every error is a line with its place.</summary>
internal sealed class ConfigurationRefusedException(IReadOnlyList<string> errors) : Exception($"{errors.Count} configuration errors")
{
    public IReadOnlyList<string> Errors => errors;
}
