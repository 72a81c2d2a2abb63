using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Workbench.Plugins;

/// <summary>Writes a member's signature as text, alike for a definition and for a reference to it.</summary>
internal sealed class SignatureNames : ISignatureTypeProvider<string, object?>
{
    private static readonly SignatureNames Names = new();

    public static string Of(MetadataReader metadata, BlobHandle signature)
    {
        var decoder = new SignatureDecoder<string, object?>(Names, metadata, null);
        var blob = metadata.GetBlobReader(signature);
        if (blob.ReadSignatureHeader().Kind == SignatureKind.Field)
        {
            blob.Reset();
            return $" : {decoder.DecodeFieldSignature(ref blob)}";
        }

        blob.Reset();
        var method = decoder.DecodeMethodSignature(ref blob);
        var arity = method.GenericParameterCount == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"`{method.GenericParameterCount}");
        return $"{arity}({string.Join(", ", method.ParameterTypes)}) : {method.ReturnType}";
    }

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => elementType + "&";

    public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => string.Create(CultureInfo.InvariantCulture, $"!!{index}");

    public string GetGenericTypeParameter(object? genericContext, int index) => string.Create(CultureInfo.InvariantCulture, $"!{index}");

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        return Join(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return Join(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => "specification";

    private static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
