using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Scripting.Caching;

/// <summary>Compiled scripts on disk: one file per script path, valid while every input has the same content and the host is the same build. Touches no Roslyn type.</summary>
internal sealed class CompileCache(string directory, bool stopChecks, ILogger logger)
{
    // What the compiler's output depends on besides the sources: this engine, the Sdk, the framework, the options.
    private readonly string _engineKey = string.Join(
        '|', typeof(CompileCache).Module.ModuleVersionId, typeof(IWorkbench).Module.ModuleVersionId, Environment.Version, stopChecks);

    /// <summary>The compiled script, or null when there is none that is still right.</summary>
    public CompiledScript? Find(string path, string contentHash)
    {
        try
        {
            var script = CacheEntry.Read(File.ReadAllBytes(EntryPath(path)), _engineKey);
            return script?.Path == path && script.Inputs[0].Hash == contentHash && script.Inputs.Skip(1).All(IsUnchanged) ? script : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.CacheEntryIgnored(logger, path, e.Message);
            return null;
        }
    }

    /// <summary>Keeps a compiled script. A disk that does not take it costs time later, nothing else.</summary>
    public void Store(CompiledScript script)
    {
        var final = EntryPath(script.Path);
        var temporary = $"{final}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            Directory.CreateDirectory(directory);
            File.WriteAllBytes(temporary, CacheEntry.Write(script, _engineKey));
            File.Move(temporary, final, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.CacheNotWritten(logger, script.Path, directory, e);
        }
    }

    internal string EntryPath(string path) => Path.Combine(directory, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..32] + ".wbscript");

    private static bool IsUnchanged(ScriptInput input)
    {
        if (!File.Exists(input.Path))
        {
            return false;
        }

        using var stream = File.OpenRead(input.Path);
        return Convert.ToHexString(SHA256.HashData(stream)) == input.Hash;
    }
}
