using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Workbench.Core.Views;

/// <summary>Hands every value to every reader that was there when it came. Nothing is dropped silently: a reader that falls behind by the whole bound gets an error.</summary>
internal sealed class Broadcast<T>
{
    private const int Bound = 100_000;

    private readonly Lock _lock = new();
    private ImmutableArray<Channel<T>> _readers = [];

    /// <summary>Hands a value on; never waits.</summary>
    public void Publish(T value)
    {
        foreach (var reader in _readers)
        {
            if (!reader.Writer.TryWrite(value))
            {
                reader.Writer.TryComplete(new InvalidOperationException($"The reader fell behind by {Bound} values."));
            }
        }
    }

    /// <summary>Begins to read at once: values that come after this call are seen, however late the enumeration begins.</summary>
    public IAsyncEnumerable<T> Subscribe(CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(Bound) { SingleReader = true });
        lock (_lock)
        {
            _readers = _readers.Add(channel);
        }

        var registration = cancellationToken.Register(() => Leave(channel));
        return ReadAsync(channel, registration, cancellationToken);
    }

    private async IAsyncEnumerable<T> ReadAsync(Channel<T> channel, CancellationTokenRegistration registration, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var value in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return value;
            }
        }
        finally
        {
            await registration.DisposeAsync().ConfigureAwait(false);
            Leave(channel);
        }
    }

    private void Leave(Channel<T> channel)
    {
        lock (_lock)
        {
            _readers = _readers.Remove(channel);
        }
    }
}
