using System.Text;
using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Fakes;

/// <summary>A socket whose other end is the test.</summary>
internal sealed class FakeSocket(TimeProvider time) : IVenueSocket
{
    private readonly Channel<SocketMessage> _incoming = Channel.CreateUnbounded<SocketMessage>();
    private readonly Channel<string> _sent = Channel.CreateUnbounded<string>();

    public bool IsDisposed { get; private set; }

    public VenueError? SendError { get; set; }

    /// <summary>Lets a message arrive.</summary>
    public void Arrive(string text) => _incoming.Writer.TryWrite(new SocketMessage(Encoding.UTF8.GetBytes(text), Timestamp.Now(time), null));

    /// <summary>Ends the socket from the venue's side.</summary>
    public void End(VenueError reason) => _incoming.Writer.TryWrite(new SocketMessage(default, Timestamp.Now(time), reason));

    /// <summary>The next text that the connector sent.</summary>
    public async Task<string> SentAsync() => await _sent.Reader.ReadAsync().AsTask().WaitAsync(Generous.Timeout);

    /// <summary>True when something was sent that nobody has looked at.</summary>
    public bool HasSent => _sent.Reader.TryPeek(out _);

    public ValueTask<SocketMessage> ReceiveAsync(CancellationToken cancellationToken) => _incoming.Reader.ReadAsync(cancellationToken);

    public ValueTask<VenueError?> SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        _sent.Writer.TryWrite(Encoding.UTF8.GetString(utf8.Span));
        return new(SendError);
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}

internal sealed class FakeSockets(TimeProvider time) : IWebSocketTransport
{
    public FakeSocket Socket { get; } = new(time);

    public Uri? Address { get; private set; }

    public VenueError? Refusal { get; set; }

    public Task<ReadResult<IVenueSocket>> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        Address = address;
        return Task.FromResult(Refusal is { } refusal ? refusal : ReadResult<IVenueSocket>.Ok(Socket));
    }
}

internal static class Generous
{
    /// <summary>Only a broken test ever waits so long.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
}
