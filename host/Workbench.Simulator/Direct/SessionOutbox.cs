using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Simulator.Direct;

/// <summary>
/// Hands what happens inside the venue's lock over to a session outside of it: posting never waits, and one loop makes the calls in order. A session
/// that falls too far behind is cut off, as venues do: a book with a hole is worth nothing.
/// </summary>
internal sealed class SessionOutbox<TSession>(int capacity = 16_384)
{
    private readonly Channel<Action<TSession>> _calls = Channel.CreateBounded<Action<TSession>>(new BoundedChannelOptions(capacity) { SingleReader = true });

    /// <summary>Queues a call.</summary>
    public void Post(Action<TSession> call)
    {
        if (!_calls.Writer.TryWrite(call))
        {
            _calls.Writer.TryComplete();
        }
    }

    /// <summary>Makes the calls until cancelled, or until the session has been cut off.</summary>
    public async Task<StreamEnd> RunAsync(TSession session, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var call in _calls.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                call(session);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return StreamEnd.Orderly;
        }

        return new StreamEnd(new VenueError(VenueErrorKind.Network, $"The reader fell {capacity} events behind and was cut off."));
    }
}
