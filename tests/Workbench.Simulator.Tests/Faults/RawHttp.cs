using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Workbench.Simulator.Tests.Faults;

/// <summary>One HTTP exchange without a client that has opinions about headers.</summary>
internal sealed class RawHttp(TcpClient tcp, string head) : IAsyncDisposable
{
    public int Status => int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);

    public static async Task<RawHttp> GetAsync(int port, string path, string headers = "Host: x\r\n")
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\n{headers}\r\n"));
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
        {
            head.Append((char)one[0]);
        }

        return new RawHttp(tcp, head.ToString());
    }

    public string? Header(string name) =>
        head.Split("\r\n").FirstOrDefault(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];

    public ValueTask DisposeAsync()
    {
        tcp.Dispose();
        return ValueTask.CompletedTask;
    }
}
