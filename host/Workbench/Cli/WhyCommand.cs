using System.Globalization;
using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Sdk;

namespace Workbench.Cli;

/// <summary><c>workbench why</c>: an order's whole story, from the journal alone.</summary>
internal sealed class WhyCommand(Terminal terminal)
{
    private const int Width = 80;
    private const int Indent = 14;

    public int Run(string folder, string text)
    {
        var read = JournalCommand.Inspect(terminal, folder);
        var id = JournalCommand.Find(read, folder, text);
        if (OrderStory.Of(read.Entries, id) is not { } story)
        {
            throw new UserErrorException($"the journal in {Path.GetFullPath(folder)} mentions order {id}, but not how it began");
        }

        Write("", $"Order {id}{(story.Order.VenueOrderId is { } venueId ? $", at {story.Order.Connection} {venueId}" : "")}", 0);
        Tell(story);
        terminal.Output.WriteLine();
        foreach (var line in story.Outlook)
        {
            Write("", line, 0);
        }

        terminal.Notice(read.Damage is { } damage ? $"{damage}; what lies behind it is missing here" : null);
        terminal.Output.Flush();
        return read.Damage is null ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private void Tell(OrderStory story)
    {
        var day = "";
        Timestamp? sent = null;
        foreach (var e in story.Entries.Select(entry => entry.Event))
        {
            var date = e.At.ToDateTimeOffset();
            if (date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) is var today && today != day)
            {
                day = today;
                terminal.Output.WriteLine($"{Environment.NewLine}{day} (UTC)");
            }

            var after = e is AttemptAnswered or CancelAnswered && sent is { } begun ? string.Create(CultureInfo.InvariantCulture, $" [after {(e.At - begun).TotalMilliseconds:0.0} ms]") : "";
            sent = e is AttemptPrepared or CancelRequested ? e.At : after.Length > 0 ? null : sent;
            Write(date.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), EventText.Of(e) + after, Indent);
        }
    }

    /// <summary>Breaks a text at blanks into lines of 80 columns.</summary>
    private void Write(string lead, string text, int indent)
    {
        var line = lead.PadRight(indent);
        foreach (var word in string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length > Width && line.Length > indent)
            {
                terminal.Output.WriteLine(line.TrimEnd());
                line = new string(' ', indent);
            }

            line += word + " ";
        }

        terminal.Output.WriteLine(line.TrimEnd());
    }
}
