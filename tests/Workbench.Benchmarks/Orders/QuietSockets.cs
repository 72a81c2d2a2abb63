using System.Text;
using Workbench.Sdk;

namespace Workbench.Benchmarks.Orders;

/// <summary>WebSockets of a venue where nothing happens: each request is granted, and then there is silence. Orders here go over HTTP.</summary>
internal sealed class QuietSockets(TimeProvider time) : IWebSocketTransport
{
    public Task<ReadResult<IVenueSocket>> ConnectAsync(Uri address, CancellationToken cancellationToken) => Task.FromResult(ReadResult<IVenueSocket>.Ok(new Quiet(time)));

    private sealed class Quiet(TimeProvider time) : IVenueSocket
    {
        private bool _isAsked;

        public async ValueTask<SocketMessage> ReceiveAsync(CancellationToken cancellationToken)
        {
            if (!_isAsked)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            }

            _isAsked = false;
            return new SocketMessage(Encoding.UTF8.GetBytes("""{"id":1,"status":200,"result":{"subscriptionId":0}}"""), Timestamp.Now(time), null);
        }

        public ValueTask<VenueError?> SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
        {
            _isAsked = true;
            return ValueTask.FromResult<VenueError?>(null);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
