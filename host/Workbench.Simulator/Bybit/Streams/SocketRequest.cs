using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>A parsed client message. <see cref="Op"/> is "" when the message is no JSON object with an op.</summary>
internal readonly record struct SocketRequest(string Op, JsonElement Id, JsonElement Root)
{
    /// <summary>Arguments that are strings, in order; others become "".</summary>
    public IReadOnlyList<string> Topics
    {
        get
        {
            var args = Root.Member("args");
            return args.ValueKind == JsonValueKind.Array
                ? [.. args.EnumerateArray().Select(a => a.ValueKind == JsonValueKind.String ? a.GetString()! : "")]
                : [];
        }
    }

    /// <param name="text">The message as received.</param>
    /// <param name="idName">req_id on public and private sockets, reqId on the trade socket.</param>
    public static SocketRequest Parse(ReadOnlyMemory<byte> text, string idName)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object
                ? new SocketRequest(root.Text("op"), root.Member(idName), root)
                : new SocketRequest("", default, root);
        }
        catch (JsonException)
        {
            return new SocketRequest("", default, default);
        }
    }
}
