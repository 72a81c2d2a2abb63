using System.Buffers.Binary;
using System.Net.WebSockets;

namespace Workbench.Simulator.Server.WebSockets;

/// <summary>Some bytes of a message, or a whole control frame (then <see cref="FrameReader.Control"/> holds its payload).</summary>
internal readonly record struct FramePart(FrameKind Kind, int Count, bool EndsMessage);

/// <summary>Takes a client's frames apart. One reader at a time.</summary>
internal sealed class FrameReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[16_384];
    private int _start;
    private int _end;
    private FrameHeader _frame = new(FrameKind.Text, true, 0, 0);
    private FrameKind _message;
    private long _read;
    private bool _inFrame;
    private bool _inMessage;

    /// <summary>Payload of the last control frame; its own memory.</summary>
    public ReadOnlyMemory<byte> Control { get; private set; }

    /// <exception cref="WebSocketException">The client breaks the protocol, or is gone.</exception>
    public async ValueTask<FramePart> ReadAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        if (!_inFrame)
        {
            await NextFrameAsync(cancellationToken).ConfigureAwait(false);
            if (_frame.IsControl)
            {
                var payload = new byte[_frame.Length];
                await FillAsync(payload.Length, cancellationToken).ConfigureAwait(false);
                Take(payload);
                Control = payload;
                return new FramePart(_frame.Kind, 0, true);
            }

            Begin();
        }

        var count = (int)Math.Min(target.Length, _frame.Length - _read);
        if (count > 0)
        {
            await FillAsync(1, cancellationToken).ConfigureAwait(false);
            count = Math.Min(count, _end - _start);
            Take(target.Span[..count]);
        }

        _inFrame = _read < _frame.Length;
        _inMessage = _inFrame || !_frame.IsFinal;
        return new FramePart(_message, count, !_inMessage);
    }

    private void Begin()
    {
        if (_inMessage != (_frame.Kind == FrameKind.Continuation))
        {
            throw new WebSocketException(WebSocketError.Faulted, "A continuation frame without a beginning, or the reverse.");
        }

        _message = _inMessage ? _message : _frame.Kind;
        _inFrame = true;
    }

    private async ValueTask NextFrameAsync(CancellationToken cancellationToken)
    {
        await FillAsync(2, cancellationToken).ConfigureAwait(false);
        var size = FrameHeader.SizeOf(_buffer[_start + 1]);
        await FillAsync(size, cancellationToken).ConfigureAwait(false);
        _frame = FrameHeader.Read(_buffer.AsSpan(_start, size));
        _start += size;
        _read = 0;
    }

    // At least that many bytes of the stream are in the buffer.
    private async ValueTask FillAsync(int count, CancellationToken cancellationToken)
    {
        if (_start > 0 && _start + count > _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        while (_end - _start < count)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
            }

            _end += read;
        }
    }

    // Moves bytes out of the buffer and lifts the mask, which goes round every four bytes of the frame.
    private void Take(Span<byte> target)
    {
        _buffer.AsSpan(_start, target.Length).CopyTo(target);
        _start += target.Length;
        if (_start == _end)
        {
            _start = _end = 0;
        }

        Span<byte> mask = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(mask, _frame.Mask);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] ^= mask[(int)((_read + i) & 3)];
        }

        _read += target.Length;
    }
}
