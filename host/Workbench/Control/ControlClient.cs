using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Workbench.Control;

/// <summary>Asks the host that runs on a data folder. Blocking: it belongs to a command line that waits for the answer.</summary>
internal static class ControlClient
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);

    /// <summary>Sends one request and reads its whole answer.</summary>
    /// <param name="dataFolder">The folder of the host.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="onText">Gets each line for people as it comes.</param>
    /// <param name="onData">Gets each line for programs as it comes; null leaves them out.</param>
    /// <returns>How it ended; <see cref="ControlAnswer.NoHost"/> when no host runs there.</returns>
    public static ControlAnswer Ask(string dataFolder, ControlRequest request, Action<string> onText, Action<JsonElement>? onData = null)
    {
        var path = ControlPath.In(dataFolder);
        if (ControlPath.Problem(path) is { } problem)
        {
            return new ControlAnswer.NoHost($"the host of {dataFolder} cannot be reached: {problem}");
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode is not SocketError.AccessDenied)
        {
            return new ControlAnswer.NoHost($"no workbench runs on the data folder {Path.GetFullPath(dataFolder)} (nobody answers at {path})");
        }
        catch (SocketException e)
        {
            return new ControlAnswer.Ended(false, $"the control socket {path} refuses: {e.Message}; it is open to the user who started that workbench only");
        }

        try
        {
            socket.ReceiveTimeout = socket.SendTimeout = (int)Silence.TotalMilliseconds;
            socket.Send([.. request.ToLine(), (byte)'\n']);
            return Read(socket, onText, onData);
        }
        catch (Exception e) when (e is SocketException or IOException or JsonException)
        {
            return new ControlAnswer.Ended(false, $"the host stopped answering before it had said how it went: {e.Message}");
        }
    }

    private static ControlAnswer.Ended Read(Socket socket, Action<string> onText, Action<JsonElement>? onData)
    {
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.TryGetProperty("text", out var text))
            {
                onText(text.GetString() ?? "");
            }
            else if (root.TryGetProperty("data", out var data))
            {
                onData?.Invoke(data.Clone());
            }
            else if (root.TryGetProperty("end", out _))
            {
                return new ControlAnswer.Ended(root.GetProperty("ok").GetBoolean(), root.GetProperty("message").GetString() ?? "");
            }
        }

        return new ControlAnswer.Ended(false, "the host closed the connection before it had said how it went");
    }
}

/// <summary>How a request ended. Closed.</summary>
internal abstract record ControlAnswer
{
    private ControlAnswer()
    {
    }

    /// <summary>The host's own word; not ok also when the answer broke off.</summary>
    internal sealed record Ended(bool IsOk, string Message) : ControlAnswer;

    /// <summary>There is nobody to ask.</summary>
    internal sealed record NoHost(string Message) : ControlAnswer;
}
