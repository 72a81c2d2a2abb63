using System.Buffers;
using Workbench.Core.Pipeline;

namespace Workbench.Core.Execution.Journal;

/// <summary>The append-only, checksummed and chained record of every <see cref="ExecutionEvent"/>: what the state of orders is rebuilt from.</summary>
/// <remarks>Used by one thread. Once storage has failed nothing more is written: every later call throws, and the host must stop sending orders.</remarks>
public sealed class OrderJournal : IDisposable
{
    /// <summary>How large a segment grows before the next one begins.</summary>
    public const int DefaultSegmentSize = 8 << 20;

    private readonly IJournalStorage _storage;
    private readonly int _segmentSize;
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly EventCodec _codec = new();
    private int _segment;
    private long _segmentLength;
    private uint _check;
    private bool _isUnflushed;
    private bool _hasFailed;

    private OrderJournal(IJournalStorage storage, int segmentSize, JournalReader reader)
    {
        _storage = storage;
        _segmentSize = segmentSize;
        _segment = storage.Segments is [.., var newest] ? newest : 0;
        _segmentLength = _segment == 0 ? segmentSize : reader.End;
        _check = reader.Check;
        Sequence = reader.Sequence;
    }

    /// <summary>The number of the last event appended; 0 in an empty journal.</summary>
    public long Sequence { get; private set; }

    /// <summary>Reads everything, cuts off an unfinished end, and makes ready to append.</summary>
    /// <param name="storage">Where it lives. Disposed with the journal; when the journal is damaged it stays the caller's and is left as it was.</param>
    /// <param name="segmentSize">Bytes after which the next segment begins.</param>
    /// <exception cref="IOException">The storage failed.</exception>
    public static JournalOpening Open(IJournalStorage storage, int segmentSize = DefaultSegmentSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentSize, Frame.HeaderSize);
        var reader = new JournalReader(storage);
        if (reader.ReadAll() is { } damage)
        {
            return damage;
        }

        if (storage.Segments is [.., var newest])
        {
            storage.ContinueAt(newest, reader.End);
        }

        return new JournalOpening.Ready(new OrderJournal(storage, segmentSize, reader), reader.Events, reader.Tear);
    }

    /// <summary>Adds events to what the next <see cref="Commit"/> writes.</summary>
    /// <exception cref="InvalidOperationException">The storage has failed before.</exception>
    public void Append(params ReadOnlySpan<ExecutionEvent> events)
    {
        ThrowIfFailed();
        foreach (var e in events)
        {
            var (type, version, payload) = _codec.Write(e);
            var size = Frame.HeaderSize + payload.Length;
            if (payload.Length > Frame.MaxPayload)
            {
                throw new ArgumentException($"An event of {payload.Length} bytes does not fit the journal.", nameof(events));
            }

            var frame = _buffer.GetSpan(size)[..size];
            payload.CopyTo(frame[Frame.HeaderSize..]);
            _check = Frame.Seal(frame, ++Sequence, _check, type, version);
            _buffer.Advance(size);
        }
    }

    /// <summary>Writes what was appended, in one piece.</summary>
    /// <param name="durable">True to return only when it would survive a loss of power; false when surviving the process is enough.</param>
    /// <exception cref="IOException">The storage failed, now and for good.</exception>
    /// <exception cref="InvalidOperationException">The storage has failed before.</exception>
    public void Commit(bool durable)
    {
        ThrowIfFailed();
        _hasFailed = true;
        if (_buffer.WrittenCount > 0)
        {
            Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
        }

        if (durable && _isUnflushed)
        {
            CrashPoint.Reached(CrashPoint.RecordUnsynced);
            _storage.Flush();
            _isUnflushed = false;
        }

        _hasFailed = false;
    }

    /// <inheritdoc />
    public void Dispose() => _storage.Dispose();

    private void Write(ReadOnlySpan<byte> frames)
    {
        if (_segmentLength + frames.Length > _segmentSize)
        {
            if (_isUnflushed)
            {
                _storage.Flush();
            }

            // One commit never spans two segments; a single large one may outgrow the usual size.
            _storage.StartSegment(++_segment, Math.Max(_segmentSize, frames.Length));
            _segmentLength = 0;
        }

        _storage.Append(frames);
        _segmentLength += frames.Length;
        _isUnflushed = true;
    }

    private void ThrowIfFailed()
    {
        if (_hasFailed)
        {
            throw new InvalidOperationException("The order journal has failed and takes nothing more.");
        }
    }
}
