using System.Globalization;
using Workbench.Core.Execution.Journal;
using Workbench.Storage;

namespace Workbench.Cli;

/// <summary><c>workbench journal repair</c>: copies the journal and cuts off what verification does not trust.</summary>
internal sealed class JournalRepair(Terminal terminal)
{
    public int Run(string folder, bool yes, bool loseRecords)
    {
        var read = JournalCommand.Inspect(terminal, folder);
        if (read is { Damage: null, Tear: null })
        {
            terminal.Output.WriteLine("the chain is whole: there is nothing to repair");
            return ExitCodes.Ok;
        }

        if (read.IsFromAnother)
        {
            throw new UserErrorException($"{read.Damage}. That is no damage: use the Workbench that wrote it, or a newer one");
        }

        var plan = Plan(read);
        if (read.Damage is not null && !loseRecords)
        {
            terminal.Error($"{plan}. Nothing was done: a copy of the journal is better; with --lose-records it is cut all the same");
            return ExitCodes.Usage;
        }

        if (!yes)
        {
            terminal.Output.WriteLine($"{plan}. Nothing was done: say --yes to do it");
            return ExitCodes.Ok;
        }

        var copy = Cut(folder, read);
        terminal.Output.WriteLine($"{plan}. Done; the journal as it was is in {copy}");
        return ExitCodes.Ok;
    }

    private static string Plan(JournalInspection read) => read.Damage is { } damage
        ? string.Create(CultureInfo.InvariantCulture, $"{damage}. Cutting there loses {read.IntactBehind} intact records behind it: orders they tell of would be strangers at the next start")
        : string.Create(CultureInfo.InvariantCulture, $"{read.Tear!.Segment} ends in an unfinished record: {read.Tear.Length} bytes from offset {read.Tear.Offset} are cut");

    private static string Cut(string folder, JournalInspection read)
    {
        try
        {
            using var storage = FileJournalStorage.Open(folder);
            var copy = FreeName(Path.Combine(Path.GetFullPath(folder), "before-repair"));
            Directory.CreateDirectory(copy);
            foreach (var segment in storage.Segments)
            {
                var name = storage.NameOf(segment);
                File.Copy(name, Path.Combine(copy, Path.GetFileName(name)));
            }

            storage.CutAt(read.Segment, read.End);
            return copy;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the journal was not repaired: {e.Message}", e);
        }
    }

    private static string FreeName(string path) =>
        Enumerable.Range(1, int.MaxValue).Select(n => string.Create(CultureInfo.InvariantCulture, $"{path}-{n}")).First(p => !Directory.Exists(p));
}
