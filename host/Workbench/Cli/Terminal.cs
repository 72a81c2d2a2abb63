namespace Workbench.Cli;

/// <summary>Where the command line speaks: results to standard output, everything else to standard error.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool verbose)
{
    public TextWriter Output => output;

    public bool IsVerbose => verbose;

    /// <summary>A message for the user, one line each.</summary>
    public void Error(string message) => error.WriteLine($"workbench: {message}");

    /// <summary>Something to know that stops nothing; null is nothing to say.</summary>
    public void Notice(string? message)
    {
        if (message is not null)
        {
            Error(message);
        }
    }

    /// <summary>Says that the engine has stopped by itself.</summary>
    /// <returns>The exit code for it.</returns>
    public int PipelineFailed(Exception failure)
    {
        Error($"the trading pipeline has failed: {failure.Message}; the log has the whole of it");
        Verbose(failure);
        return ExitCodes.Failed;
    }

    /// <summary>A line as it is, such as a compiler message with its place.</summary>
    public void ErrorLine(string line) => error.WriteLine(line);

    /// <summary>A line for those who asked for more.</summary>
    public void Verbose(string line)
    {
        if (verbose)
        {
            error.WriteLine(line);
        }
    }

    /// <summary>The whole of an exception, for those who asked for it.</summary>
    public void Verbose(Exception exception) => Verbose(exception.ToString());
}
