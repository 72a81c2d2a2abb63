using System.CommandLine;
using Workbench.Composition;

namespace Workbench.Cli;

/// <summary>The grammar of <c>workbench journal</c> and <c>workbench why</c>.</summary>
internal static class JournalCommandLine
{
    public static Command Build(Func<ParseResult, Func<Terminal, int>, Task<int>> run, Option<string> config)
    {
        var folder = Folder();
        var verify = new Command("verify", "Read the whole order journal and say whether every record can be trusted.") { folder };
        verify.SetAction((parsed, _) => run(parsed, terminal => new JournalCommand(terminal).Verify(FolderOf(parsed, folder, config))));
        return new Command("journal", "Look at the order journal: works while a host is running.") { verify, Dump(run, config), Repair(run, config) };
    }

    public static Command Why(Func<ParseResult, Func<Terminal, int>, Task<int>> run, Option<string> config)
    {
        var order = new Argument<string>("order") { Description = "The order's id, its beginning, or the venue's id of it." };
        var folder = Folder();
        var command = new Command("why", "Tell an order's whole story from the journal.") { order, folder };
        command.SetAction((parsed, _) => run(parsed, terminal => new WhyCommand(terminal).Run(FolderOf(parsed, folder, config), parsed.GetRequiredValue(order))));
        return command;
    }

    private static Command Dump(Func<ParseResult, Func<Terminal, int>, Task<int>> run, Option<string> config)
    {
        var folder = Folder();
        var order = new Option<string?>("--order") { Description = "Only what is about this order: its id, the beginning of it, or the venue's id." };
        var from = new Option<long>("--from") { Description = "Begin with the record of this number.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "One JSON object per record." };
        var command = new Command("dump", "Print the records, one line each.") { folder, order, from, json };
        command.SetAction((parsed, _) => run(parsed, terminal => new JournalCommand(terminal).Dump(FolderOf(parsed, folder, config), parsed.GetValue(order), parsed.GetValue(from), parsed.GetValue(json))));
        return command;
    }

    private static Command Repair(Func<ParseResult, Func<Terminal, int>, Task<int>> run, Option<string> config)
    {
        var folder = Folder();
        var yes = new Option<bool>("--yes") { Description = "Do it; without this it only says what it would do." };
        var cut = new Option<bool>("--lose-records") { Description = "Cut at damage in the middle, too, and lose the intact records behind it." };
        var command = new Command("repair", "Cut what cannot be trusted off the end, after copying the journal. Not while a host is running.") { folder, yes, cut };
        command.SetAction((parsed, _) => run(parsed, terminal => new JournalRepair(terminal).Run(FolderOf(parsed, folder, config), parsed.GetValue(yes), parsed.GetValue(cut))));
        return command;
    }

    private static Option<string?> Folder() => new("--folder") { Description = "The journal's folder; otherwise that of the configuration." };

    private static string FolderOf(ParseResult parsed, Option<string?> folder, Option<string> config) =>
        parsed.GetValue(folder) ?? JournalFolder.Of(ConfigurationFile.Read(parsed.GetRequiredValue(config))).Path;
}
