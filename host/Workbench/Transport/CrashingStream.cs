using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>A connection at one of the moments of <see cref="CrashPoint"/> that lie on the wire. It is there only while the process is to die at one of them.</summary>
internal sealed class CrashingStream : Stream
{
    private readonly Stream _inner;

    private CrashingStream(Stream inner) => _inner = inner;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Gives the stream itself unless a point of its lane is the one to die at.</summary>
    public static Stream Wrap(Stream inner, RequestLane lane) => lane switch
    {
        RequestLane.Order when CrashPoint.Is(CrashPoint.BeforeFirstByte) || CrashPoint.Is(CrashPoint.HalfSent) || CrashPoint.Is(CrashPoint.OrderSent) || CrashPoint.Is(CrashPoint.AckOnWire) => new CrashingStream(inner),
        RequestLane.Cancel when CrashPoint.Is(CrashPoint.CancelSent) => new CrashingStream(inner),
        _ => inner,
    };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (count > 0)
        {
            CrashPoint.Reached(CrashPoint.AckOnWire);
        }

        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CrashPoint.Reached(CrashPoint.BeforeFirstByte);
        if (CrashPoint.Is(CrashPoint.HalfSent))
        {
            await _inner.WriteAsync(buffer[..(buffer.Length / 2)], cancellationToken).ConfigureAwait(false);
            await _inner.FlushAsync(cancellationToken).ConfigureAwait(false);
            CrashPoint.Reached(CrashPoint.HalfSent);
            buffer = buffer[(buffer.Length / 2)..];
        }

        await _inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (CrashPoint.Is(CrashPoint.OrderSent) || IsCancel(buffer.Span))
        {
            CrashPoint.Reached(CrashPoint.OrderSent);
            CrashPoint.Reached(CrashPoint.CancelSent);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => _inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // Look-ups share the lane of the cancels, and are GETs.
    private static bool IsCancel(ReadOnlySpan<byte> request) => request.StartsWith("DELETE "u8) || request.StartsWith("POST "u8);
}
