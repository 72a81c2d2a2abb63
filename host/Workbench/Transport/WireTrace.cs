namespace Workbench.Transport;

/// <summary>
/// Watches what one request puts on the wire. The first connection that writes for it owns it: the HTTP stack repeats some
/// requests by itself on another connection (dotnet/runtime#86714), and such a write is refused here.
/// </summary>
internal sealed class WireTrace
{
    private static readonly AsyncLocal<WireTrace?> Slot = new();

    private readonly Lock _lock = new();
    private CountingStream? _owner;
    private long _bytes;
    private bool _sealed;

    /// <summary>The request on whose behalf the running code writes; it follows the request's own asynchronous flow.</summary>
    public static WireTrace? Current
    {
        get => Slot.Value;
        set => Slot.Value = value;
    }

    /// <summary>Must be asked before bytes are handed on: a write that fails half-way has still sent something.</summary>
    /// <returns>False when these bytes must not leave.</returns>
    public bool TryBegin(CountingStream connection, int count)
    {
        lock (_lock)
        {
            if (_sealed || (_owner is not null && _owner != connection))
            {
                return false;
            }

            _owner = connection;
            _bytes += count;
            return true;
        }
    }

    /// <summary>Ends the request: no further byte leaves for it, so that the answer stays true.</summary>
    /// <returns>How many bytes may have left.</returns>
    public long Seal()
    {
        lock (_lock)
        {
            _sealed = true;
            return _bytes;
        }
    }
}
