using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Workbench.Plugins;

/// <summary>Finds out from the files alone what would otherwise fail in the middle of an order: cut assemblies, missing libraries, members this Sdk lacks.</summary>
internal sealed class PluginPreflight
{
    private static readonly string[] FrameworkFolders = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(p => Path.GetDirectoryName(p)!)
        .Where(d => Path.TrimEndingDirectorySeparator(d) != Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))
        .Distinct(StringComparer.Ordinal)];

    private readonly Dictionary<string, Version> _shared;
    private readonly SdkSurface _sdk;

    /// <param name="sdk">The host's Sdk.</param>
    /// <param name="shared">What plugins get from the host, the Sdk included.</param>
    public PluginPreflight(Assembly sdk, IEnumerable<AssemblyName> shared)
    {
        _sdk = SdkSurface.Of(sdk);
        _shared = shared.ToDictionary(n => n.Name!, n => n.Version!, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Checks the entry assembly and all it reaches in its folder.</summary>
    public PluginProblem? Check(string folder, string entry)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Queue<string>([entry]);
        while (open.TryDequeue(out var file))
        {
            var problem = CheckFile(folder, file, seen, open);
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private PluginProblem? CheckFile(string folder, string file, HashSet<string> seen, Queue<string> open)
    {
        try
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, file));
            using var image = new PEReader(ImmutableArray.Create(bytes));
            if (ImageProblem(image, bytes.Length, file) is { } problem)
            {
                return problem;
            }

            var metadata = image.GetMetadataReader();
            return ReferenceProblem(metadata, folder, file, seen, open)
                ?? (_sdk.FirstMissing(metadata) is { } member
                    ? new PluginProblem(PluginFault.SdkMismatch, $"{file} uses {member}, which this host's Workbench.Sdk {_sdk.Version} does not have; rebuild the plugin against this Sdk")
                    : null);
        }
        catch (BadImageFormatException e)
        {
            return new PluginProblem(PluginFault.BadImage, $"{file} is not a whole .NET assembly ({FirstLine(e)}); build or copy the plugin again");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new PluginProblem(PluginFault.FolderRefused, $"{file} cannot be read: {FirstLine(e)}");
        }
    }

    private static PluginProblem? ImageProblem(PEReader image, long length, string file)
    {
        if (image.PEHeaders.SectionHeaders.Any(s => (long)s.PointerToRawData + s.SizeOfRawData > length))
        {
            return new PluginProblem(PluginFault.BadImage, $"{file} is truncated; build or copy the plugin again");
        }

        return image.HasMetadata && image.PEHeaders.CorHeader is not null
            ? null
            : new PluginProblem(PluginFault.BadImage, $"{file} is not a .NET assembly; check 'entry' in {ManifestReader.FileName}");
    }

    private PluginProblem? ReferenceProblem(MetadataReader metadata, string folder, string file, HashSet<string> seen, Queue<string> open)
    {
        foreach (var handle in metadata.AssemblyReferences)
        {
            var reference = metadata.GetAssemblyReference(handle);
            var name = metadata.GetString(reference.Name);
            if (_shared.TryGetValue(name, out var host))
            {
                // The loader would silently fall back to a private copy, whose types are not ours.
                if (reference.Version > host)
                {
                    return new PluginProblem(PluginFault.SdkMismatch, $"{file} needs {name} {reference.Version} and this host has {host}; take a plugin built for this host, or a newer host");
                }
            }
            else if (seen.Add(name) && !TryFollow(name, folder, open))
            {
                return new PluginProblem(PluginFault.DependencyMissing, $"{file} needs {name} {reference.Version}, which is neither in the plugin's folder nor part of .NET; copy {name}.dll beside it");
            }
        }

        return null;
    }

    private static bool TryFollow(string name, string folder, Queue<string> open)
    {
        if (File.Exists(Path.Combine(folder, name + ".dll")))
        {
            open.Enqueue(name + ".dll");
            return true;
        }

        return FrameworkFolders.Any(f => File.Exists(Path.Combine(f, name + ".dll")))
            || Directory.EnumerateFiles(folder, name + ".dll", SearchOption.AllDirectories).Any(); // runtimes/<rid>/lib
    }

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].TrimEnd('\r', '.');
}

/// <summary>What speaks against loading a plugin.</summary>
internal sealed record PluginProblem(PluginFault Fault, string Reason);
