using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Workbench.Control;

/// <summary>What a second process asks the running host for: one line of JSON, <c>{"command":"kill","args":{"level":"cancel"}}</c>.</summary>
/// <param name="Command">The name of the command.</param>
/// <param name="Args">Its arguments, all text.</param>
internal sealed record ControlRequest(string Command, IReadOnlyDictionary<string, string> Args)
{
    /// <summary>An argument, or null when it was not given.</summary>
    public string? this[string name] => Args.GetValueOrDefault(name);

    /// <summary>The request as its line, without the line end.</summary>
    public byte[] ToLine() => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["command"] = Command, ["args"] = Args });

    /// <summary>Reads a line; false with what is wrong with it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, [NotNullWhen(true)] out ControlRequest? request, [NotNullWhen(false)] out string? problem)
    {
        (request, problem) = (null, null);
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 4 });
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            var args = new Dictionary<string, string>(StringComparer.Ordinal);
            if (root.TryGetProperty("args", out var given))
            {
                foreach (var arg in given.EnumerateObject())
                {
                    args[arg.Name] = arg.Value.GetString() ?? "";
                }
            }

            request = new ControlRequest(root.GetProperty("command").GetString() ?? "", args);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            problem = "a request is one line of JSON: a text \"command\" and, where it takes some, an object \"args\" of texts";
            return false;
        }
    }
}
