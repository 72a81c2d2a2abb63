namespace Workbench.Transport;

/// <summary>Counts the bytes of a lane that belong to no known request. HTTP/1.1 has none; if a future HTTP stack writes outside a request's flow, "nothing was sent" can no longer be proven and must not be claimed.</summary>
internal sealed class WireLedger
{
    private long _unattributed;

    public long Unattributed => Interlocked.Read(ref _unattributed);

    public void BookUnattributed(int count) => Interlocked.Add(ref _unattributed, count);
}
