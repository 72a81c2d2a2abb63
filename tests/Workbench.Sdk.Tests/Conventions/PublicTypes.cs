using System.Reflection;

namespace Workbench.Sdk.Tests.Conventions;

/// <summary>What others compile against, by reflection.</summary>
internal static class PublicTypes
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<Type> All { get; } = [.. typeof(Price).Assembly.GetExportedTypes()];

    /// <summary>Public and protected methods, property accessors and operators included.</summary>
    public static IEnumerable<MethodInfo> Methods(Type type) => type.GetMethods(Declared).Where(m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly);

    /// <summary>Every type that a public member of a type takes, returns or holds, with the name of the member.</summary>
    public static IEnumerable<(string Member, Type Type)> Mentioned(Type type)
    {
        var fromMethods = Methods(type).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType).Select(t => (Name(type, m), t)));
        var fromConstructors = type.GetConstructors(Declared).Where(c => c.IsPublic).SelectMany(c => c.GetParameters().Select(p => (Name(type, c), p.ParameterType)));
        var fromFields = type.IsEnum ? [] : type.GetFields(Declared).Where(f => f.IsPublic).Select(f => (Name(type, f), f.FieldType));
        return fromMethods.Concat(fromConstructors).Concat(fromFields).SelectMany(m => Parts(m.Item2).Select(t => (m.Item1, t)));
    }

    public static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null;

    public static string Name(Type type, MemberInfo member) => $"{type.Name}.{member.Name}";

    private static IEnumerable<Type> Parts(Type type)
    {
        var inner = type.HasElementType ? type.GetElementType() : null;
        return (inner is null ? [type] : Parts(inner)).Concat(type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts) : []);
    }
}
