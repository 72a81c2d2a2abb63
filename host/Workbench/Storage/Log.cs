using Microsoft.Extensions.Logging;

namespace Workbench.Storage;

/// <summary>What storage logs.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "The history {File} was damaged and is set aside as {Aside}; a new one is begun", EventName = "history_set_aside")]
    public static partial void HistorySetAside(ILogger logger, string file, string aside, Exception exception);

    [LoggerMessage(4002, LogLevel.Error, "{Count} changes could not be written to the history; trying again until it works", EventName = "history_not_written")]
    public static partial void HistoryNotWritten(ILogger logger, int count, Exception exception);

    [LoggerMessage(4003, LogLevel.Error, "{Count} changes are missing in the history; delete its file and it is rebuilt from the journal", EventName = "history_lost")]
    public static partial void HistoryLost(ILogger logger, int count);

    [LoggerMessage(4004, LogLevel.Warning, "The remembered bans in {File} cannot be read and are set aside as {Aside}: a venue that has banned this address may be asked too early", EventName = "bans_set_aside")]
    public static partial void BansSetAside(ILogger logger, string file, string aside, Exception exception);

    [LoggerMessage(4005, LogLevel.Error, "A ban until {Until} could not be written to {File}: a restart before then would not know of it", EventName = "ban_not_written")]
    public static partial void BanNotWritten(ILogger logger, DateTimeOffset until, string file, Exception exception);
}
