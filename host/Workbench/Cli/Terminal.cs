namespace Workbench.Cli;

/// <summary>Where the command line speaks: results to standard output, everything else to standard error.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool verbose)
{
    private const int ProgressWidth = 79;

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

    /// <summary>Whether a person looks at standard error, rather than a file.</summary>
    public bool IsWatched { get; } = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;

    /// <summary>Says how far something is; where a person looks, over the line before.</summary>
    public void Progress(string line)
    {
        if (IsWatched)
        {
            error.Write($"\r{line.PadRight(ProgressWidth)}");
        }
        else
        {
            error.WriteLine(line);
        }
    }

    /// <summary>Leaves the last line of progress standing.</summary>
    public void EndProgress()
    {
        if (IsWatched)
        {
            error.WriteLine();
        }
    }

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
