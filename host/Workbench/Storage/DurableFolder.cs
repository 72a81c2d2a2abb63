namespace Workbench.Storage;

/// <summary>Makes the names in a folder durable.</summary>
internal static class DurableFolder
{
    /// <summary>Flushes a folder after a file was made or renamed in it; where folders cannot be flushed the file system does it by itself.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            using var handle = File.OpenHandle(folder, FileMode.Open, FileAccess.Read);
            RandomAccess.FlushToDisk(handle);
        }
        catch (UnauthorizedAccessException)
        {
            // .NET refuses to open folders on some systems; the file itself was flushed, and ext4, xfs, apfs and zfs then keep its name too.
        }
    }
}
