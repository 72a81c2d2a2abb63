namespace Workbench.Sdk;

/// <summary>What was given to the script with <c>--set name=value</c>. Names are compared without regard to letter case.</summary>
public interface IScriptArgs
{
    /// <summary>Reads a value as a type that can be parsed, in the invariant culture.</summary>
    /// <param name="name">The name.</param>
    /// <param name="fallback">What it is when it was not given.</param>
    /// <exception cref="FormatException">The value was given and cannot be read as the type; the message names both.</exception>
    T Get<T>(string name, T fallback)
        where T : IParsable<T>;

    /// <summary>Reads a value that must be given.</summary>
    /// <param name="name">The name.</param>
    /// <param name="help">What it is, for the message when it is missing.</param>
    /// <exception cref="FormatException">It was not given, or cannot be read as the type.</exception>
    T Require<T>(string name, string help)
        where T : IParsable<T>;
}
