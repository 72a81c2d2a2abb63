using System.Collections;
using System.Runtime.CompilerServices;

namespace Workbench.Sdk.Tests.Conventions;

/// <summary>The rules of the contract that a compiler does not hold.</summary>
public sealed class PublicApiTests
{
    private static readonly Type[] Money = [typeof(Price), typeof(Quantity), typeof(Amount), typeof(NetQuantity)];

    [Fact]
    public void Types_are_sealed_or_made_to_be_implemented() =>
        PublicTypes.All.Where(t => t is { IsSealed: false, IsAbstract: false, IsInterface: false, IsValueType: false }).ShouldBeEmpty();

    [Fact]
    public void Types_live_in_one_namespace() => PublicTypes.All.Where(t => t.Namespace != "Workbench.Sdk").ShouldBeEmpty();

    [Fact]
    public void Structs_are_read_only() =>
        PublicTypes.All.Where(t => t is { IsValueType: true, IsEnum: false } && !t.IsDefined(typeof(IsReadOnlyAttribute), false)).ShouldBeEmpty();

    [Fact]
    public void Records_cannot_be_changed() =>
        (from type in PublicTypes.All
         where PublicTypes.IsRecord(type)
         from property in type.GetProperties()
         where property.SetMethod is { } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
         select PublicTypes.Name(type, property)).ShouldBeEmpty();

    [Fact]
    public void Collections_are_read_only() =>
        (from type in PublicTypes.All
         from mentioned in PublicTypes.Mentioned(type)
         where mentioned.Type.IsArray || (typeof(IEnumerable).IsAssignableFrom(mentioned.Type) && mentioned.Type != typeof(string) && !IsReadOnlyCollection(mentioned.Type))
         select $"{mentioned.Member}: {mentioned.Type}").ShouldBeEmpty();

    [Fact]
    public void Nothing_takes_or_returns_binary_floating_point() =>
        (from type in PublicTypes.All
         from mentioned in PublicTypes.Mentioned(type)
         where mentioned.Type == typeof(double) || mentioned.Type == typeof(float) || mentioned.Type == typeof(Half)
         select mentioned.Member).ShouldBeEmpty();

    [Fact]
    public void Asynchronous_methods_take_a_token_last() =>
        (from type in PublicTypes.All
         where !typeof(Delegate).IsAssignableFrom(type)
         from method in PublicTypes.Methods(type)
         where IsAsynchronous(method.ReturnType) && !method.IsSpecialName && method.Name != nameof(IAsyncDisposable.DisposeAsync)
         where method.GetParameters() is not [.., { ParameterType: var last }] || last != typeof(CancellationToken)
         select PublicTypes.Name(type, method)).ShouldBeEmpty();

    [Fact]
    public void Tokens_stand_nowhere_but_last() =>
        (from type in PublicTypes.All
         from method in PublicTypes.Methods(type)
         where method.GetParameters().SkipLast(1).Any(p => p.ParameterType == typeof(CancellationToken))
         select PublicTypes.Name(type, method)).ShouldBeEmpty();

    [Fact]
    public void Methods_that_return_a_task_are_called_so() =>
        (from type in PublicTypes.All
         from method in PublicTypes.Methods(type)
         where IsTask(method.ReturnType) && !method.IsSpecialName && !method.Name.EndsWith("Async", StringComparison.Ordinal)
         select PublicTypes.Name(type, method)).ShouldBeEmpty();

    [Fact]
    public void Equatable_structs_have_operators_for_it()
    {
        var equatable = PublicTypes.All.Where(t => t.IsValueType && t.GetInterfaces().Contains(typeof(IEquatable<>).MakeGenericType(t))).ToList();
        equatable.Count.ShouldBeGreaterThan(10);
        equatable.Where(t => t.GetMethod("op_Equality") is null || t.GetMethod("op_Inequality") is null).ShouldBeEmpty();
    }

    [Fact]
    public void Money_converts_to_and_from_nothing_so_swapping_it_does_not_compile() =>
        (from type in PublicTypes.All
         from method in PublicTypes.Methods(type)
         where method.Name is "op_Implicit" or "op_Explicit"
         where Money.Contains(method.ReturnType) || Money.Contains(method.GetParameters()[0].ParameterType)
         select $"{method.GetParameters()[0].ParameterType} to {method.ReturnType}").ShouldBeEmpty();

    [Fact]
    public void Money_operators_mix_nothing_but_price_times_quantity() =>
        (from type in PublicTypes.All
         from method in PublicTypes.Methods(type)
         let parameters = method.GetParameters()
         where method.Name.StartsWith("op_", StringComparison.Ordinal) && parameters.Length == 2 && parameters[0].ParameterType != parameters[1].ParameterType
         select $"{parameters[0].ParameterType.Name} {method.Name} {parameters[1].ParameterType.Name}").ShouldBe(["Price op_Multiply Quantity", "Timestamp op_Addition TimeSpan"], ignoreOrder: true);

    [Fact]
    public void Conversions_are_the_few_that_are_meant() =>
        (from type in PublicTypes.All
         from method in PublicTypes.Methods(type)
         where method.Name is "op_Implicit" or "op_Explicit"
         select $"{method.GetParameters()[0].ParameterType.Name} to {method.ReturnType.Name}").ShouldBe(["String to Symbol", "T to ReadResult`1", "VenueError to ReadResult`1"], ignoreOrder: true);

    [Fact]
    public void Assembly_refers_to_the_framework_and_the_logging_contract_alone() =>
        typeof(Price).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(n => !n.StartsWith("System.", StringComparison.Ordinal) && n is not "netstandard" and not "Microsoft.Extensions.Logging.Abstractions").ShouldBeEmpty();

    private static bool IsReadOnlyCollection(Type type) =>
        type.IsInterface && type.IsGenericType && type.Name is "IReadOnlyList`1" or "IReadOnlySet`1" or "IReadOnlyDictionary`2" or "IReadOnlyCollection`1" or "IEnumerable`1";

    private static bool IsTask(Type type) => typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) || IsGeneric(type, typeof(ValueTask<>));

    private static bool IsAsynchronous(Type type) => IsTask(type) || IsGeneric(type, typeof(IAsyncEnumerable<>));

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
