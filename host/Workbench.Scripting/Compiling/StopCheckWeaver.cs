using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Workbench.Scripting.Compiling;

/// <summary>Puts a question at the head of every loop and before every goto: must I stop? It inserts text and never a line break, so lines stay right and columns can be mapped back.</summary>
internal sealed class StopCheckWeaver : CSharpSyntaxWalker
{
    private const string Check = $"if ({CompiledScript.StopClassName}.Requested) global::Workbench.Scripting.ScriptStop.Throw(); ";

    // In the script's own assembly: a static field there costs a loop next to nothing, one of the host would have to be looked up.
    private const string FlagClass =
        $"static class {CompiledScript.StopClassName} {{ public static volatile bool Requested; public static void {CompiledScript.StopMethodName}() {{ Requested = true; }} }} ";

    private readonly List<(int Position, string Text)> _texts = [];

    /// <summary>Weaves one file.</summary>
    /// <param name="tree">The source as written; it must have no syntax errors.</param>
    /// <param name="declaresFlag">True for the main file: one file of a script declares the flag for all.</param>
    public static (SourceText Text, IReadOnlyList<Insertion> Insertions) Weave(SyntaxTree tree, bool declaresFlag)
    {
        var root = tree.GetCompilationUnitRoot();
        var weaver = new StopCheckWeaver();
        if (declaresFlag)
        {
            weaver.DeclareFlag(root);
        }

        weaver.Visit(root);
        return weaver.Apply(tree.GetText());
    }

    public override void VisitWhileStatement(WhileStatementSyntax node) => VisitLoop(node.Statement, () => base.VisitWhileStatement(node));

    public override void VisitDoStatement(DoStatementSyntax node) => VisitLoop(node.Statement, () => base.VisitDoStatement(node));

    public override void VisitForStatement(ForStatementSyntax node) => VisitLoop(node.Statement, () => base.VisitForStatement(node));

    public override void VisitForEachStatement(ForEachStatementSyntax node) => VisitLoop(node.Statement, () => base.VisitForEachStatement(node));

    public override void VisitForEachVariableStatement(ForEachVariableStatementSyntax node) => VisitLoop(node.Statement, () => base.VisitForEachVariableStatement(node));

    public override void VisitGotoStatement(GotoStatementSyntax node) => Wrap(node, () => base.VisitGotoStatement(node));

    private void VisitLoop(StatementSyntax body, Action visitChildren)
    {
        switch (body)
        {
            case BlockSyntax block:
                Insert(block.OpenBraceToken.Span.End, " " + Check);
                visitChildren();
                break;
            case LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax or LabeledStatementSyntax:
                // Not allowed as a body (CS1023), and braces would make it so.
                visitChildren();
                break;
            default:
                Wrap(body, visitChildren);
                break;
        }
    }

    // Openers and closers are added in the order of the source, so several at one position nest rightly.
    private void Wrap(StatementSyntax statement, Action visitChildren)
    {
        Insert(statement.SpanStart, "{ " + Check);
        visitChildren();
        Insert(statement.Span.End, " }");
    }

    private void DeclareFlag(CompilationUnitSyntax root)
    {
        // Before the first member and not at the end: a last expression without a semicolon is the script's value.
        if (root.Members.Count > 0)
        {
            Insert(root.Members[0].SpanStart, FlagClass);
        }
        else
        {
            Insert(root.EndOfFileToken.SpanStart, Environment.NewLine + FlagClass);
        }
    }

    private void Insert(int position, string text) => _texts.Add((position, text));

    private (SourceText Text, IReadOnlyList<Insertion> Insertions) Apply(SourceText source)
    {
        var ordered = _texts.OrderBy(t => t.Position).ToList(); // a stable sort
        var original = source.ToString();
        var woven = new StringBuilder(original.Length + ordered.Sum(t => t.Text.Length));
        var insertions = new List<Insertion>(ordered.Count);
        var copied = 0;
        foreach (var (position, text) in ordered)
        {
            woven.Append(original, copied, position - copied).Append(text);
            copied = position;
            var place = source.Lines.GetLinePosition(position);
            insertions.Add(new Insertion(place.Line, place.Character, text.Length));
        }

        woven.Append(original, copied, original.Length - copied);
        return (SourceText.From(woven.ToString(), Encoding.UTF8), insertions);
    }
}
