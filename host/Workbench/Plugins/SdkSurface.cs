using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Workbench.Plugins;

/// <summary>Every type and member of the host's Sdk by name and signature. Before version 1 the assembly version says too little: a member may have gone.</summary>
internal sealed class SdkSurface
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly string _assembly;

    private SdkSurface(AssemblyName name)
    {
        _assembly = name.Name!;
        Version = name.Version!;
    }

    public Version Version { get; }

    public static SdkSurface Of(Assembly sdk)
    {
        var surface = new SdkSurface(sdk.GetName());
        using var image = new PEReader(File.OpenRead(sdk.Location));
        var metadata = image.GetMetadataReader();
        foreach (var handle in metadata.TypeDefinitions)
        {
            surface.Add(metadata, handle);
        }

        return surface;
    }

    /// <summary>The first type or member that an assembly uses and the Sdk lacks; null when it has them all.</summary>
    public string? FirstMissing(MetadataReader metadata)
    {
        foreach (var handle in metadata.TypeReferences)
        {
            if (NameOf(metadata, metadata.GetTypeReference(handle)) is { } name && !_names.Contains(name))
            {
                return name;
            }
        }

        foreach (var handle in metadata.MemberReferences)
        {
            if (NameOf(metadata, metadata.GetMemberReference(handle)) is { } name && !_names.Contains(name))
            {
                return name;
            }
        }

        return null;
    }

    private void Add(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = NameOf(metadata, handle);
        _names.Add(name);
        foreach (var member in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            _names.Add($"{name}.{metadata.GetString(member.Name)}{SignatureNames.Of(metadata, member.Signature)}");
        }

        foreach (var member in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            _names.Add($"{name}.{metadata.GetString(member.Name)}{SignatureNames.Of(metadata, member.Signature)}");
        }
    }

    private static string NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.IsNested ? $"{NameOf(metadata, type.GetDeclaringType())}+{name}" : $"{metadata.GetString(type.Namespace)}.{name}";
    }

    // Null for types of other assemblies.
    private string? NameOf(MetadataReader metadata, TypeReference type)
    {
        var name = metadata.GetString(type.Name);
        switch (type.ResolutionScope.Kind)
        {
            case HandleKind.TypeReference:
                var outer = NameOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope));
                return outer is null ? null : $"{outer}+{name}";
            case HandleKind.AssemblyReference:
                var from = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
                return metadata.GetString(from.Name) == _assembly ? $"{metadata.GetString(type.Namespace)}.{name}" : null;
            default:
                return null;
        }
    }

    private string? NameOf(MetadataReader metadata, MemberReference member)
    {
        var parent = member.Parent;
        if (parent.Kind == HandleKind.TypeSpecification)
        {
            var blob = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
            if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            {
                return null;
            }

            blob.ReadByte(); // class or value type
            parent = blob.ReadTypeHandle();
        }

        return parent.Kind == HandleKind.TypeReference && NameOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)parent)) is { } type
            ? $"{type}.{metadata.GetString(member.Name)}{SignatureNames.Of(metadata, member.Signature)}"
            : null;
    }
}
