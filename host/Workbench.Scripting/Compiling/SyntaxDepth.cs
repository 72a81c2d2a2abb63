using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbench.Scripting.Compiling;

/// <summary>Measures how deep a syntax tree is without recursing: Roslyn's binder recurses over some nodes without a guard and would overflow the stack.</summary>
internal static class SyntaxDepth
{
    /// <summary>Written code stays below 200; a compile on <see cref="BigStack"/> takes some 8000.</summary>
    private const int MaxDepth = 1500;

    /// <summary>The first node that is too deep, or null.</summary>
    public static SyntaxNode? TooDeep(SyntaxTree tree)
    {
        var open = new Stack<(SyntaxNode Node, int Depth)>();
        open.Push((tree.GetRoot(), 0));
        while (open.TryPop(out var at))
        {
            if (at.Depth > MaxDepth)
            {
                return at.Node;
            }

            foreach (var child in at.Node.ChildNodes())
            {
                // Long sums lean to the left, and the compiler walks those in a loop.
                open.Push((child, at.Node is BinaryExpressionSyntax sum && child == sum.Left ? at.Depth : at.Depth + 1));
            }
        }

        return null;
    }
}
