using System.Globalization;
using Workbench.Core.Execution.Journal;
using Workbench.Sdk;
using Workbench.Storage;

namespace Workbench.Cli;

/// <summary><c>workbench journal verify</c> and <c>dump</c>: read only, also beside a running host.</summary>
internal sealed class JournalCommand(Terminal terminal)
{
    private const int RecordsPerProgress = 100_000;

    /// <summary>Reads a journal, and says how far it is where it is long.</summary>
    /// <exception cref="UserErrorException">The folder cannot be read.</exception>
    public static JournalInspection Inspect(Terminal terminal, string folder)
    {
        try
        {
            using var storage = new ReadOnlyJournalStorage(folder);
            var read = JournalInspection.Read(storage, n =>
            {
                if (n % RecordsPerProgress == 0)
                {
                    terminal.Progress(string.Create(CultureInfo.InvariantCulture, $"{n:N0} records read"));
                }
            });
            if (read.Entries.Count >= RecordsPerProgress)
            {
                terminal.EndProgress();
            }

            return read;
        }
        catch (DirectoryNotFoundException e)
        {
            throw new UserErrorException($"there is no order journal in {Path.GetFullPath(folder)}: nothing was traded with this configuration yet, or --folder must name another folder", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the order journal in {Path.GetFullPath(folder)} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The one order that a text means.</summary>
    /// <exception cref="UserErrorException">There is none, or more than one.</exception>
    public static ClientOrderId Find(JournalInspection read, string folder, string text)
    {
        var matches = text.Length == 0 ? [] : OrderStory.Matches(read.Entries, text);
        return matches switch
        {
            [var one] => one,
            [] => throw new UserErrorException($"the journal in {Path.GetFullPath(folder)} knows no order '{text}': 'workbench journal dump' lists what it holds"),
            _ => throw new UserErrorException($"'{text}' may be {matches.Count} orders, such as {string.Join(", ", matches.Take(3))}: give more of the id"),
        };
    }

    public int Verify(string folder)
    {
        var read = Inspect(terminal, folder);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFullPath(folder)}: {read.Segments} segments, {read.Entries.Count} records"));
        if (read.Damage is { } damage)
        {
            terminal.Output.WriteLine(damage.ToString());
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{read.IntactBehind} intact records lie behind it; no host starts on this journal"));
            return ExitCodes.Failed;
        }

        terminal.Output.WriteLine(read.Tear is { } tear
            ? string.Create(CultureInfo.InvariantCulture, $"the chain is whole; {tear.Segment} ends at offset {tear.Offset} in an unfinished record of {tear.Length} bytes: a host is writing it now, or the next start cuts it")
            : "the chain is whole");
        return ExitCodes.Ok;
    }

    public int Dump(string folder, string? order, long from, bool json)
    {
        var read = Inspect(terminal, folder);
        var entries = order is null ? read.Entries : OrderStory.Of(read.Entries, Find(read, folder, order))?.Entries ?? [];
        foreach (var entry in entries.Where(e => e.Sequence >= from))
        {
            terminal.Output.WriteLine(json
                ? EventText.Json(entry)
                : string.Create(CultureInfo.InvariantCulture, $"{entry.Sequence,8} {entry.Event.At} {Clean(OrderOf(entry) + EventText.Of(entry.Event))}"));
        }

        terminal.Output.Flush();
        if (read.Damage is not { } damage)
        {
            return ExitCodes.Ok;
        }

        terminal.Error($"{damage}; nothing behind it is shown");
        return ExitCodes.Failed;
    }

    private static string OrderOf(JournalEntry entry) => EventText.IdOf(entry.Event) is { } id ? $"{id} " : "";

    // A venue's words must not move the cursor.
    private static string Clean(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
