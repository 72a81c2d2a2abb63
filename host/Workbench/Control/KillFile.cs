using System.Text;
using Workbench.Core.Risk.Kill;
using Workbench.Sdk;
using Workbench.Storage;

namespace Workbench.Control;

/// <summary>The file <c>KILL</c> in the data folder: while it is there, no start trades. Anybody who may write to the folder engages the kill switch by making it.</summary>
/// <remarks>Its first word is the level, <c>pause</c> or <c>cancel</c>; anything else, also nothing, means <c>cancel</c>. Only <c>workbench kill clear</c> lets go of it.</remarks>
internal sealed class KillFile(string dataFolder) : IKillRecord
{
    private const int Longest = 1024;

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetFullPath(dataFolder), "KILL");

    /// <inheritdoc />
    public string? Write(KillStatus status) => Write(status.Level, $"{status.By}: {status.Reason}");

    /// <summary>Writes it durably. On a full disk an empty one may be all there is room for, and says enough.</summary>
    /// <returns>Null, or why it could not be written.</returns>
    public string? Write(KillLevel level, string why)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            using var file = new FileStream(Path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.Write(Encoding.UTF8.GetBytes($"{KillSwitch.Name(level)} {why}\n"));
            file.Flush(flushToDisk: true);
            DurableFolder.Flush(System.IO.Path.GetDirectoryName(Path)!);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return File.Exists(Path) ? null : e.Message;
        }
    }

    /// <inheritdoc />
    public string? Erase()
    {
        try
        {
            File.Delete(Path);
            DurableFolder.Flush(System.IO.Path.GetDirectoryName(Path)!);
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>What it asks for; null while there is none. One that cannot be read counts, too.</summary>
    public (KillLevel Level, string Why)? Read()
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        var text = "";
        try
        {
            using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[Longest];
            text = Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, Longest, throwOnEndOfStream: false)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            text = $"cancel it cannot be read: {e.Message}";
        }

        var words = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        var level = KillSwitch.Level(words.FirstOrDefault());

        // A file cannot arm the closing of positions, and a word that nobody knows means the worst short of it.
        return (level is KillLevel.PauseNew ? KillLevel.PauseNew : KillLevel.CancelAll, level is not null && words.Length > 1 ? words[1] : level is null && text.Length > 0 ? text : "the file is there");
    }
}
