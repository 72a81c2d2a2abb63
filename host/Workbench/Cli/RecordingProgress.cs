using System.Globalization;
using Workbench.Recording;

namespace Workbench.Cli;

/// <summary>Tells how a recording goes: one line that is rewritten where a person watches, a line now and then elsewhere.</summary>
internal sealed class RecordingProgress(Terminal terminal, CaptureWriter writer, CaptureFile file, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private const int PeriodsBetweenLines = 10;
    private readonly long _began = time.GetTimestamp();

    /// <summary>What came of it, in one line.</summary>
    public string Summary
    {
        get
        {
            var (messages, bytes) = writer.Seen;
            var seconds = time.GetElapsedTime(_began).TotalSeconds;
            return string.Create(CultureInfo.InvariantCulture, $"recorded {messages} messages, {Size(bytes)} in {seconds:0.0} s: {messages / Math.Max(seconds, 0.001):0} messages/s; file {Size(file.Length)}");
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        var last = 0L;
        for (var period = 1; !stop.IsCancellationRequested; period++)
        {
            await Task.Delay(Period, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (messages, bytes) = writer.Seen;
            if (!stop.IsCancellationRequested && (terminal.IsWatched || period % PeriodsBetweenLines == 0))
            {
                terminal.Progress(string.Create(
                    CultureInfo.InvariantCulture, $"{time.GetElapsedTime(_began).TotalSeconds:0} s  {messages} messages  {messages - last} messages/s  {Size(bytes)}, file {Size(file.Length)}"));
            }

            last = messages;
        }

        terminal.EndProgress();
    }

    private static string Size(long bytes) => bytes switch
    {
        >= 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (decimal)(1 << 20):0.0} MB"),
        >= 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (decimal)(1 << 10):0.0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
    };
}
