using Workbench.Configuration.Schema;

namespace Workbench.Configuration.Sections;

/// <summary>The keys of <c>storage</c>, <c>scripts</c> and <c>logging</c>.</summary>
internal static class HostSections
{
    private static readonly Key<string> JournalDirectory = Key.WithDefault("directory", Scalars.FilePath, "journal", "The journal's folder, in storage.directory.");
    private static readonly Key<JournalDurability> Durability = Key.WithDefault("durability", Scalars.Choice<JournalDurability>(), "fsync", "fsync survives a power cut; os is faster and survives only a crash of Workbench.");

    private static readonly SectionShape<JournalConfig> JournalShape = new(
        [JournalDirectory, Durability],
        s => new JournalConfig { Directory = s.Get(JournalDirectory), Durability = s.Get(Durability) });

    private static readonly Key<string> StorageDirectory = Key.WithDefault("directory", Scalars.FilePath, "data", "The folder for all that must outlive the process, relative to the configuration file.");
    private static readonly Key<string> History = Key.WithDefault("history", Scalars.FilePath, "history.db", "The LiteDB file with orders, fills and errors, in storage.directory.");
    private static readonly Key<JournalConfig> Journal = Key.Section("journal", JournalShape, "The order journal.");

    public static readonly SectionShape<StorageConfig> Storage = new(
        [StorageDirectory, History, Journal],
        s => new StorageConfig { Directory = s.Get(StorageDirectory), HistoryFile = s.Get(History), Journal = s.Get(Journal) });

    private static readonly Key<string> ScriptsDirectory = Key.WithDefault("directory", Scalars.FilePath, "scripts", "The folder with scripts, relative to the configuration file.");
    private static readonly Key<TimeSpan> Timeout = Key.WithDefault("timeout", Scalars.Duration("0s", "30d"), "0s", "When a run is stopped unless --for says otherwise; 0s is never.");

    public static readonly SectionShape<ScriptsConfig> Scripts = new(
        [ScriptsDirectory, Timeout],
        s => new ScriptsConfig { Directory = s.Get(ScriptsDirectory), Timeout = s.Get(Timeout) });

    private static readonly Key<LogSeverity> ConsoleLevel = Key.WithDefault("level", Scalars.Choice<LogSeverity>(), "warning", "The least severity shown on the console.");

    private static readonly SectionShape<LogConsoleConfig> ConsoleShape = new([ConsoleLevel], s => new LogConsoleConfig { Level = s.Get(ConsoleLevel) });

    private static readonly Key<string> LogDirectory = Key.WithDefault("directory", Scalars.FilePath, "logs", "The folder for log files, in storage.directory.");
    private static readonly Key<LogRoll> Roll = Key.WithDefault("roll", Scalars.Choice<LogRoll>(), "day", "When a new file begins.");
    private static readonly Key<int> Retain = Key.WithDefault("retain", Scalars.Whole(1, 10_000), "14", "How many files are kept.");
    private static readonly Key<long> MaxSize = Key.WithDefault("max_size", Scalars.Size("64KB", "2GB"), "100MB", "A file that reaches it is continued in a new one.");

    private static readonly SectionShape<LogFileConfig> FileShape = new(
        [LogDirectory, Roll, Retain, MaxSize],
        s => new LogFileConfig { Directory = s.Get(LogDirectory), Roll = s.Get(Roll), Retain = s.Get(Retain), MaxSizeBytes = s.Get(MaxSize) });

    private static readonly Key<LogSeverity> Level = Key.WithDefault("level", Scalars.Choice<LogSeverity>(), "information", "The least severity that reaches the file.");
    private static readonly Key<LogConsoleConfig> Console = Key.Section("console", ConsoleShape, "The readable log on the console.");
    private static readonly Key<LogFileConfig> LogFile = Key.Section("file", FileShape, "The compact-JSON log file.");

    public static readonly SectionShape<LoggingConfig> Logging = new(
        [Level, Console, LogFile],
        s => new LoggingConfig { Level = s.Get(Level), Console = s.Get(Console), File = s.Get(LogFile) });
}
