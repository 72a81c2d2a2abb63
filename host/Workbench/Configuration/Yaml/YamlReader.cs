using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Workbench.Configuration.Yaml;

/// <summary>
/// Reads one YAML document event by event into our own nodes. YamlDotNet's own node model accepts duplicate keys and expands
/// aliases; reading events keeps exact positions and lets us refuse both before anything is built.
/// </summary>
internal sealed class YamlReader
{
    private readonly ConfigurationErrors _errors;
    private readonly string _text;
    private readonly Parser _parser;
    private bool _stopped;

    private YamlReader(string text, ConfigurationErrors errors)
    {
        _errors = errors;
        _text = text;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>How many nodes were built; a test holds the bound on work with it instead of with a clock.</summary>
    public int NodesRead { get; private set; }

    /// <summary>Reads the text; null when it has no usable document, and then at least one error was added.</summary>
    public static YamlNode? Read(string text, ConfigurationErrors errors) => Read(text, errors, out _);

    public static YamlNode? Read(string text, ConfigurationErrors errors, out int nodesRead)
    {
        var reader = new YamlReader(text, errors);
        var root = reader.ReadStream();
        nodesRead = reader.NodesRead;
        return root;
    }

    private YamlNode? ReadStream()
    {
        try
        {
            Next();
            Next();
            if (Current is StreamEnd)
            {
                _errors.Add(default, "", "the file is empty");
                return null;
            }

            var root = ReadDocument();
            return _stopped ? null : root;
        }
        catch (YamlException e)
        {
            var (at, message) = YamlSyntax.Explain(e, _text);
            _errors.Add(at, "", message);
            return null;
        }
    }

    private ParsingEvent Current => _parser.Current!;

    private YamlPosition Position => PositionOf(Current);

    private void Next() => _parser.MoveNext();

    private YamlNode ReadDocument()
    {
        if (Current is DocumentStart { Tags: { } tags } && tags.Any(t => t.Prefix is not ("!" or "tag:yaml.org,2002:")))
        {
            _errors.Add(Position, "", "tags are refused: every key has one type, which the schema gives");
        }

        Next();
        var root = ReadNode("", 1);
        if (_stopped)
        {
            return root;
        }

        Next();
        if (Current is DocumentStart)
        {
            _errors.Add(Position, "", "a second document starts here; the configuration is one document");
        }

        return root;
    }

    /// <summary>Reads the node at the current event and leaves its last event behind.</summary>
    private YamlNode ReadNode(string path, int depth)
    {
        var start = Position;
        if (TooMuch(start, path, depth))
        {
            return new YamlBroken(start);
        }

        RefuseDecoration(path);
        switch (Current)
        {
            case Scalar scalar:
                Next();
                return new YamlScalar(start, scalar.Value, scalar.Style is ScalarStyle.Plain);
            case SequenceStart:
                Next();
                return ReadList(start, path, depth);
            case MappingStart:
                Next();
                return ReadMap(start, path, depth);
            default:
                _errors.Add(start, path, "aliases (*name) are refused: write the value where it is used");
                Next();
                return new YamlBroken(start);
        }
    }

    private bool TooMuch(YamlPosition start, string path, int depth)
    {
        NodesRead++;
        if (depth > ConfigurationLimits.MaxDepth)
        {
            Stop(start, path, string.Create(CultureInfo.InvariantCulture, $"nested deeper than {ConfigurationLimits.MaxDepth} levels"));
        }
        else if (NodesRead > ConfigurationLimits.MaxNodes)
        {
            Stop(start, path, string.Create(CultureInfo.InvariantCulture, $"more than {ConfigurationLimits.MaxNodes} values"));
        }

        return _stopped;
    }

    private void Stop(YamlPosition at, string path, string message)
    {
        _stopped = true;
        _errors.Add(at, path, message);
    }

    private void RefuseDecoration(string path)
    {
        if (Current is not NodeEvent node)
        {
            return;
        }

        if (!node.Anchor.IsEmpty)
        {
            _errors.Add(Position, path, "anchors (&name) are refused: write the value where it is used");
        }

        if (!node.Tag.IsEmpty)
        {
            _errors.Add(Position, path, "tags (!name) are refused: every key has one type, which the schema gives");
        }
    }

    private YamlList ReadList(YamlPosition start, string path, int depth)
    {
        var items = new List<YamlNode>();
        while (!_stopped && Current is not SequenceEnd)
        {
            items.Add(ReadNode(ConfigurationPath.Item(path, items.Count), depth + 1));
        }

        if (!_stopped)
        {
            Next();
        }

        return new YamlList(start, items);
    }

    private YamlMap ReadMap(YamlPosition start, string path, int depth)
    {
        var entries = new List<YamlEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_stopped && Current is not MappingEnd)
        {
            ReadEntry(path, depth, entries, lines);
        }

        if (!_stopped)
        {
            Next();
        }

        return new YamlMap(start, entries);
    }

    private void ReadEntry(string path, int depth, List<YamlEntry> entries, Dictionary<string, int> lines)
    {
        var keyStart = Position;
        var key = ReadKey(path, depth);
        if (_stopped)
        {
            return;
        }

        var valuePath = ConfigurationPath.Key(path, key ?? "?");
        var value = ReadNode(valuePath, depth + 1);
        if (key is null || _stopped)
        {
            return;
        }

        if (lines.TryAdd(key, keyStart.Line))
        {
            entries.Add(new YamlEntry(key, keyStart, value));
            return;
        }

        _errors.Add(keyStart, valuePath, string.Create(CultureInfo.InvariantCulture, $"duplicate key, in lines {lines[key]} and {keyStart.Line}: keep one"));
    }

    /// <summary>The key's text, or null after an error: a key is short, plain text.</summary>
    private string? ReadKey(string path, int depth)
    {
        var at = Position;
        var node = ReadNode(path, depth + 1);
        switch (node)
        {
            case YamlScalar { Text.Length: > ConfigurationLimits.MaxKeyLength }:
                _errors.Add(at, path, string.Create(CultureInfo.InvariantCulture, $"a key longer than {ConfigurationLimits.MaxKeyLength} characters"));
                return null;
            case YamlScalar scalar when !scalar.Text.Any(HiddenCharacters.IsHarmful):
                return scalar.Text;
            case YamlBroken:
                return null;
            default:
                _errors.Add(at, path, "a key must be plain text");
                return null;
        }
    }

    private static YamlPosition PositionOf(ParsingEvent e) => new((int)e.Start.Line, (int)e.Start.Column);
}
