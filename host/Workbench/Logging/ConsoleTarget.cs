namespace Workbench.Logging;

/// <summary>Where readable log lines go.</summary>
/// <param name="Writer">Takes the lines.</param>
/// <param name="UseColour">True for a terminal that a person looks at.</param>
/// <param name="Verbose">True to show whole exceptions.</param>
internal sealed record ConsoleTarget(TextWriter Writer, bool UseColour, bool Verbose)
{
    /// <summary>Standard error: standard output belongs to what a script prints.</summary>
    public static ConsoleTarget StandardError(bool verbose) =>
        new(Console.Error, !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")), verbose);
}
