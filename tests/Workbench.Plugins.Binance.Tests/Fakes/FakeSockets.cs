using System.Text;
using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Fakes;

/// <summary>One socket whose other end is the test.</summary>
internal sealed class FakeSockets : IWebSocketTransport, IVenueSocket
{
    private readonly Channel<SocketMessage> _incoming = Channel.CreateUnbounded<SocketMessage>();
    private readonly Channel<string> _sent = Channel.CreateUnbounded<string>();
    private SocketMessage? _end;

    public Uri? Address { get; private set; }

    public VenueError? ConnectError { get; init; }

    public Timestamp ReceivedAt { get; set; } = Timestamp.FromUnixMilliseconds(1_700_000_000_000);

    public bool IsDisposed { get; private set; }

    public Task<ReadResult<IVenueSocket>> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        Address = address;
        return Task.FromResult(ConnectError is { } error ? error : ReadResult<IVenueSocket>.Ok(this));
    }

    public void Push(string text) => _incoming.Writer.TryWrite(new SocketMessage(Encoding.UTF8.GetBytes(text), ReceivedAt, null)).ShouldBeTrue();

    public void End(VenueError error) => _incoming.Writer.TryWrite(new SocketMessage(default, ReceivedAt, error)).ShouldBeTrue();

    /// <summary>The next message that the connector sends.</summary>
    public Task<string> SentAsync() => _sent.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public bool TrySent(out string? text) => _sent.Reader.TryRead(out text);

    public async ValueTask<SocketMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_end is { } known)
        {
            return known;
        }

        try
        {
            var message = await _incoming.Reader.ReadAsync(cancellationToken);
            _end = message.End is null ? null : message;
            return message;
        }
        catch (OperationCanceledException)
        {
            _end = new SocketMessage(default, ReceivedAt, new VenueError(VenueErrorKind.Cancelled, "cancelled"));
            return _end.Value;
        }
    }

    public ValueTask<VenueError?> SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        _sent.Writer.TryWrite(Encoding.UTF8.GetString(utf8.Span)).ShouldBeTrue();
        return ValueTask.FromResult<VenueError?>(null);
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
