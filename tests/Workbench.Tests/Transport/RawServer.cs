using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Workbench.Tests.Transport;

/// <summary>A venue at the level of TCP: records every whole request it reads and does what the test's script says.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly Func<RawConnection, Task> _script;
    private readonly Task _accepting;

    public RawServer(Func<RawConnection, Task> script, IPEndPoint? address = null)
    {
        _script = script;
        _listener = new TcpListener(address ?? new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<string> Requests { get; } = new();

    public int Connections { get; private set; }

    public Uri Address(string pathAndQuery = "/") => new($"http://127.0.0.1:{Port}{pathAndQuery}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting; // Before the listener stops: a loop that comes round to a stopped one throws.
        _listener.Stop();
        await Task.WhenAll(_conversations);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                _conversations.Add(Task.Run(() => ConverseAsync(client)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _script(new RawConnection(client, Requests, Connections, _stop.Token));
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
            }
        }
    }
}

/// <summary>One accepted connection.</summary>
internal sealed class RawConnection(TcpClient client, ConcurrentQueue<string> requests, int number, CancellationToken stop)
{
    private readonly NetworkStream _stream = client.GetStream();

    /// <summary>1 for the first connection of the server.</summary>
    public int Number => number;

    public CancellationToken Stop => stop;

    /// <summary>Reads one whole request and records it; null when the peer closed first.</summary>
    public async Task<string?> ReadRequestAsync()
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _stream.ReadAsync(one, stop) == 0)
            {
                return null;
            }

            text.Append((char)one[0]);
        }

        var head = text.ToString();
        var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        var length = at < 0 ? 0 : int.Parse(head[(at + 16)..head.IndexOf("\r\n", at, StringComparison.Ordinal)]);
        var body = new byte[length];
        await _stream.ReadExactlyAsync(body, stop);
        var request = head + Encoding.Latin1.GetString(body);
        requests.Enqueue(request);
        return request;
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, stop);

    public async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, stop);
        return bytes;
    }

    public async Task WriteAsync(string text) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);

    public Task AnswerAsync(string body, string status = "200 OK", string headers = "") =>
        WriteAsync($"HTTP/1.1 {status}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>Closes with a reset instead of an orderly end.</summary>
    public void Reset()
    {
        client.Client.LingerState = new LingerOption(true, 0);
        client.Client.Close();
    }

    /// <summary>Ends what this side says and goes on listening.</summary>
    public void ShutdownSend() => client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>The bytes underneath, for a TLS server.</summary>
    public Stream Stream => _stream;

    public Task UntilStoppedAsync() => Task.Delay(Timeout.Infinite, stop);
}
