using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbench.Control;

/// <summary>The answer to one request, line by line: any number of lines and one end. Used by one thread.</summary>
/// <remarks>A line is <c>{"text":"..."}</c> for people and <c>{"data":{...}}</c> for programs; the last is <c>{"end":true,"ok":true,"message":"..."}</c>.</remarks>
internal sealed class ControlReply(Socket socket, ControlLimits limits)
{
    private int _lines;

    /// <summary>True once it was ended.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>A line for people.</summary>
    /// <exception cref="SocketException">The caller has gone.</exception>
    public void Text(string line) => Send(new JsonObject { ["text"] = line });

    /// <summary>A line for programs.</summary>
    /// <exception cref="SocketException">The caller has gone.</exception>
    public void Data(JsonObject data) => Send(new JsonObject { ["data"] = data });

    /// <summary>Ends the answer: it went well.</summary>
    /// <exception cref="SocketException">The caller has gone.</exception>
    public void Ok(string message = "") => End(true, message);

    /// <summary>Ends the answer: what was asked for did not happen.</summary>
    /// <exception cref="SocketException">The caller has gone.</exception>
    public void Refuse(string message) => End(false, message);

    private void End(bool ok, string message)
    {
        if (!IsEnded)
        {
            IsEnded = true;
            SendBytes(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["end"] = true, ["ok"] = ok, ["message"] = message }));
        }
    }

    private void Send(JsonObject line)
    {
        if (IsEnded)
        {
            return;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(line);
        if (bytes.Length > limits.ReplyBytes || ++_lines > limits.ReplyLines)
        {
            Refuse(bytes.Length > limits.ReplyBytes ? "a line of the answer is too long for the control socket" : $"the answer has more than {limits.ReplyLines} lines; the rest is left out");
            return;
        }

        SendBytes(bytes);
    }

    private void SendBytes(byte[] line)
    {
        // A blocking socket may take a part: the rest follows until all of it is gone or the time for it is over.
        ReadOnlySpan<byte> rest = [.. line, (byte)'\n'];
        while (!rest.IsEmpty)
        {
            rest = rest[socket.Send(rest)..];
        }
    }
}
