using System.Globalization;
using LiteDB;
using Microsoft.Extensions.Logging;

namespace Workbench.Storage;

/// <summary>Opens the history's LiteDB file for one host alone. The file is a projection of the journal: a damaged one is set aside, not repaired.</summary>
internal static class HistoryFile
{
    /// <summary>Opens or creates the file.</summary>
    /// <returns>The open file, or why there is none.</returns>
    public static (OpenHistory? File, string? Error) Open(string file, TimeProvider time, ILogger logger)
    {
        FileStream? mine = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            mine = new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var isNew = !File.Exists(file) || new FileInfo(file).Length == 0;
            var database = TryOpen(file, out var damage);
            if (database is null)
            {
                Log.HistorySetAside(logger, file, SetAside(file, time), damage!);
                database = Create(file);
            }

            return (new OpenHistory(database, mine, isNew || damage is not null), null);
        }
        catch (IOException e) when (mine is null && File.Exists(file + ".lock"))
        {
            return (null, $"the history {file} is in use by another Workbench ({FirstLine(e)}); stop that one, or give this one its own storage.directory");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mine?.Dispose();
            return (null, $"the history {file} cannot be opened: {FirstLine(e)}; check the folder's permissions, or give another storage.directory");
        }
    }

    private static LiteDatabase? TryOpen(string file, out Exception? damage)
    {
        LiteDatabase? database = null;
        try
        {
            database = Create(file);
            foreach (var name in new[] { HistoryCollections.Orders, HistoryCollections.Fills, HistoryCollections.Errors })
            {
                database.GetCollection(name).EnsureIndex("at", "$.at");
            }

            damage = null;
            return database;
        }
#pragma warning disable CA1031 // boundary: LiteDB. On a damaged file it throws whatever the damage leads it into.
        catch (Exception e) when (e is not (IOException or UnauthorizedAccessException))
#pragma warning restore CA1031
        {
            damage = e;
            TryDispose(database);
            return null;
        }
    }

    // Binary collation: by default LiteDB takes ids that differ in letter case for one.
    private static LiteDatabase Create(string file) => new(new ConnectionString { Filename = file, Connection = ConnectionType.Direct, Collation = Collation.Binary });

    private static string SetAside(string file, TimeProvider time)
    {
        var suffix = time.GetUtcNow().ToString("'.damaged-'yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        File.Move(file, file + suffix);
        var log = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, $"{Path.GetFileNameWithoutExtension(file)}-log{Path.GetExtension(file)}");
        if (File.Exists(log))
        {
            File.Move(log, log + suffix);
        }

        return file + suffix;
    }

    private static void TryDispose(LiteDatabase? database)
    {
        try
        {
            database?.Dispose();
        }
#pragma warning disable CA1031 // boundary: LiteDB. Closing a damaged file may fail like opening it did.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The damage has been reported; the file is about to be set aside.
        }
    }

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].TrimEnd('\r', '.');
}

/// <summary>An open history file with the lock that keeps other hosts out.</summary>
internal sealed record OpenHistory(LiteDatabase Database, FileStream Lock, bool IsNew) : IDisposable
{
    public void Dispose()
    {
        Database.Dispose();
        Lock.Dispose();
    }
}
