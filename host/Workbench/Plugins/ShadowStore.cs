using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Workbench.Plugins;

/// <summary>
/// Copies plugins to folders named by their content and loads from there. A loaded assembly is mapped into this process, so a build
/// or an installer that truncates the original in place would kill the host (SIGBUS); and the bytes that were checked are the bytes that run.
/// </summary>
internal sealed class ShadowStore(string root, TimeProvider time)
{
    private const int MaxFiles = 4096;
    private const long MaxBytes = 1L << 30;
    private static readonly TimeSpan KeepUnused = TimeSpan.FromDays(7);
    private static int LastStaging;

    /// <summary>Copies a plugin's folder, or finds the copy of the same content.</summary>
    /// <returns>The copy's folder, or why there is none.</returns>
    public (string? Folder, string? Problem) Take(PluginManifest plugin)
    {
        try
        {
            var (files, problem) = PluginFolder.ListFiles(plugin.Directory);
            if (problem is not null || files.Count > MaxFiles || files.Sum(f => f.Length) > MaxBytes)
            {
                return (null, problem ?? $"{plugin.Directory} holds more than 4096 files or 1 GB: this is no plugin folder");
            }

            var home = Path.Combine(root, plugin.Id.ToLowerInvariant());
            CreatePrivate(home);
            return (Store(plugin.Directory, files, home), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"{plugin.Directory} cannot be copied to {root}: {e.Message}");
        }
    }

    private string Store(string source, List<FileInfo> files, string home)
    {
        var staging = Path.Combine(home, string.Create(CultureInfo.InvariantCulture, $"staging-{Environment.ProcessId}-{Interlocked.Increment(ref LastStaging)}"));
        DeleteIfThere(staging);
        var hash = CopyAndHash(source, files, staging);
        var target = Path.Combine(home, hash);
        if (Directory.Exists(target) && HashOf(target) == hash)
        {
            Directory.Delete(staging, recursive: true);
        }
        else
        {
            DeleteIfThere(target); // Cut short by a crash, or meddled with.
            MoveInto(target, staging, hash);
        }

        Directory.SetLastWriteTimeUtc(target, time.GetUtcNow().UtcDateTime);
        Prune(home, target);
        return target;
    }

    private static void MoveInto(string target, string staging, string hash)
    {
        try
        {
            Directory.Move(staging, target);
        }
        catch (IOException) when (Directory.Exists(target) && HashOf(target) == hash)
        {
            Directory.Delete(staging, recursive: true); // Another host was quicker with the same content.
        }
    }

    private static string CopyAndHash(string source, IEnumerable<FileInfo> files, string target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Directory.CreateDirectory(target);
        foreach (var file in files)
        {
            var name = Path.GetRelativePath(source, file.FullName);
            var bytes = File.ReadAllBytes(file.FullName);
            Append(hash, name, bytes);
            var copy = Path.Combine(target, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, bytes);
        }

        return Text(hash);
    }

    private static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in PluginFolder.ListFiles(folder).Files)
        {
            Append(hash, Path.GetRelativePath(folder, file.FullName), File.ReadAllBytes(file.FullName));
        }

        return Text(hash);
    }

    private static void Append(IncrementalHash hash, string name, byte[] bytes)
    {
        // The lengths keep "ab" + "c" apart from "a" + "bc".
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name.Length}:{name}:{bytes.Length}:")));
        hash.AppendData(bytes);
    }

    private static string Text(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset())[..32];

    private void Prune(string home, string keep)
    {
        var oldest = time.GetUtcNow().UtcDateTime - KeepUnused;
        foreach (var old in new DirectoryInfo(home).EnumerateDirectories().Where(d => d.FullName != keep && d.LastWriteTimeUtc < oldest))
        {
            try
            {
                old.Delete(recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another host is loading from it; the next start tries again.
            }
        }
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
