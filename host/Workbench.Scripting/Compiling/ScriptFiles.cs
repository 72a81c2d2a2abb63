using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Workbench.Scripting.Compiling;

/// <summary>The source files of one compile: each is read once, so that checking and emitting see the same text however the file changes meanwhile.</summary>
internal sealed class ScriptFiles
{
    private readonly Dictionary<string, SourceText> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<Insertion>> _insertions = new(StringComparer.Ordinal);
    private readonly List<ScriptInput> _inputs = [];

    public ScriptFiles(string mainPath, byte[] mainContent)
    {
        Main = mainPath;
        Add(mainPath, mainContent);
    }

    public string Main { get; }

    public IReadOnlyList<ScriptInput> Inputs => _inputs;

    public ColumnMap Columns => new(_insertions);

    /// <summary>The text as written.</summary>
    /// <exception cref="IOException">The file cannot be read or is too large; the compiler reports it at the directive.</exception>
    public SourceText Original(string path)
    {
        if (!_texts.ContainsKey(path))
        {
            var content = SourceReader.Read(path) ?? throw new IOException($"The file is larger than {ScriptEngineOptions.MaxSourceBytes} bytes.");
            if (NestingGuard.Find(content) is not null)
            {
                throw new IOException(NestingGuard.Message);
            }

            Add(path, content);
        }

        return _texts[path];
    }

    /// <summary>The text with stop checks; as written when the compiler will refuse it anyway.</summary>
    public SourceText Woven(string path, CSharpParseOptions options)
    {
        var original = Original(path);
        var tree = CSharpSyntaxTree.ParseText(original, options, path);
        if (SyntaxDepth.TooDeep(tree) is not null || tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error))
        {
            return original;
        }

        var (text, insertions) = StopCheckWeaver.Weave(tree, declaresFlag: path == Main);
        _insertions[path] = insertions;
        return text;
    }

    private void Add(string path, byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        _texts[path] = SourceText.From(stream, Encoding.UTF8);
        _inputs.Add(new ScriptInput(path, Convert.ToHexString(SHA256.HashData(content))));
    }
}
