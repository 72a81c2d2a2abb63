using System.Reflection;
using System.Text.RegularExpressions;

namespace Workbench.Scripting.Running;

/// <summary>Names stack frames as the author knows them, without what the compiler made of async methods, lambdas and the top level.</summary>
internal static partial class FrameName
{
    private const string TopLevel = "(top level)";

    public static string Of(MethodBase? method)
    {
        if (method is null)
        {
            return "?";
        }

        // An async or iterator body is MoveNext of a nested class whose name holds the method's.
        var isBody = method.Name == "MoveNext" && method.DeclaringType is { IsNested: true } && method.DeclaringType.Name.StartsWith('<');
        var name = isBody ? method.DeclaringType!.Name : method.Name;
        var owner = isBody ? method.DeclaringType!.DeclaringType : method.DeclaringType;
        if (name.Contains("<Initialize>", StringComparison.Ordinal))
        {
            return name.Contains(">b__", StringComparison.Ordinal) ? "lambda in " + TopLevel : TopLevel;
        }

        return Prefix(owner) + (Local().Match(name), Generated().Match(name)) switch
        {
            ({ Success: true } local, _) => local.Groups[1].Value,
            (_, { Success: true } made) when name.Contains(">b__", StringComparison.Ordinal) => "lambda in " + made.Groups[1].Value,
            (_, { Success: true } made) => made.Groups[1].Value,
            _ => name,
        };
    }

    private static string Prefix(Type? owner) =>
        owner is null || owner.Name.StartsWith('<') || owner.Name.StartsWith("Submission#", StringComparison.Ordinal) ? "" : owner.Name + ".";

    [GeneratedRegex(@">g__(\w+)\|")]
    private static partial Regex Local();

    [GeneratedRegex(@"^<(\w+)>")]
    private static partial Regex Generated();
}
