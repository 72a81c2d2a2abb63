using System.Text.Json;
using Microsoft.Extensions.Logging;
using Workbench.Transport.Budgets;

namespace Workbench.Storage;

/// <summary>The bans of venues in one small file, replaced whole: whenever the process ends, the file is the old one or the new one. Safe on any thread.</summary>
internal sealed class BanFile(string path, TimeProvider time, ILogger logger) : IBudgetStore
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Lock _lock = new();

    /// <summary>The file of a data folder.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "bans.json");

    /// <inheritdoc />
    public IReadOnlyList<BanRecord> ReadBans()
    {
        lock (_lock)
        {
            return Read_NeedsLock();
        }
    }

    /// <inheritdoc />
    public void Remember(BanRecord ban)
    {
        lock (_lock)
        {
            try
            {
                // Read again: a recording that runs beside the host keeps its bans in the same file.
                var now = time.GetUtcNow();
                Write_NeedsLock([.. Read_NeedsLock().Where(b => b.Scope != ban.Scope && b.LeftAt(now) > TimeSpan.Zero), ban]);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.BanNotWritten(logger, ban.Until, path, e);
            }
        }
    }

    private List<BanRecord> Read_NeedsLock()
    {
        try
        {
            var read = File.Exists(path) ? JsonSerializer.Deserialize<List<BanRecord?>>(File.ReadAllBytes(path), Json) : null;
            return read?.OfType<BanRecord>().Where(b => b is { Scope: not null } && b.Since <= b.Until).ToList() ?? [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            SetAside(e);
            return [];
        }
    }

    private void SetAside(Exception reason)
    {
        var aside = path + ".damaged";
        Log.BansSetAside(logger, path, aside, reason);
        try
        {
            File.Move(path, aside, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays where it is; the next ban replaces it.
        }
    }

    private void Write_NeedsLock(IReadOnlyList<BanRecord> bans)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var fresh = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(fresh, options))
        {
            JsonSerializer.Serialize(stream, bans, Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
        DurableFolder.Flush(folder);
    }
}
