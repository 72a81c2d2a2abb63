using System.Diagnostics;
using System.Globalization;

namespace Workbench.Cli;

/// <summary>Times since the process began, for <c>--verbose</c>.</summary>
internal sealed class Timings(Terminal terminal, TimeProvider time)
{
    private readonly HashSet<string> _seen = [];
    private readonly DateTimeOffset _started = Process.GetCurrentProcess().StartTime;

    /// <summary>Says how long it took to get here, once per milestone.</summary>
    public void Reached(string milestone)
    {
        if (terminal.IsVerbose && _seen.Add(milestone))
        {
            terminal.Verbose(string.Create(CultureInfo.InvariantCulture, $"{(time.GetUtcNow() - _started).TotalMilliseconds,8:0} ms  {milestone}"));
        }
    }
}
