namespace Workbench.Core.Execution.Journal;

/// <summary>Walks the frames of all segments, checks the chain, and tells a torn end from damage in the middle.</summary>
internal sealed class JournalReader(IJournalStorage storage, Action<JournalEntry>? seen = null)
{
    private readonly List<ExecutionEvent> _events = [];

    /// <summary>The events read so far.</summary>
    public IReadOnlyList<ExecutionEvent> Events => _events;

    /// <summary>The sequence of the last frame.</summary>
    public long Sequence { get; private set; }

    /// <summary>The check sum of the last frame.</summary>
    public uint Check { get; private set; }

    /// <summary>Where the newest segment ends.</summary>
    public int End { get; private set; }

    /// <summary>The segment that was read last, or the one that is missing.</summary>
    public int Segment { get; private set; }

    /// <summary>True when an undamaged record has a type or version that this Workbench does not know.</summary>
    public bool IsFromAnother { get; private set; }

    /// <summary>What must be cut off the end, or null.</summary>
    public JournalTear? Tear { get; private set; }

    /// <summary>Reads everything.</summary>
    /// <returns>The damage, or null when the journal can be used.</returns>
    public JournalOpening.Damaged? ReadAll()
    {
        var segments = storage.Segments;
        for (var i = 0; i < segments.Count; i++)
        {
            var isNewest = i == segments.Count - 1;
            var expected = segments[0] + i;
            Segment = expected;
            if (segments[i] != expected)
            {
                return new JournalOpening.Damaged(storage.NameOf(expected), 0, "the segment is missing");
            }

            if (ReadSegment(segments[i], storage.Read(segments[i]).Span, isNewest) is { } damage)
            {
                return damage;
            }
        }

        return null;
    }

    private JournalOpening.Damaged? ReadSegment(int segment, ReadOnlySpan<byte> bytes, bool isNewest)
    {
        End = 0;
        while (Frame.TryRead(bytes, End, out var frame))
        {
            if (Misfit(frame, bytes) is { } misfit)
            {
                return new JournalOpening.Damaged(storage.NameOf(segment), End, misfit);
            }

            (Sequence, Check, End) = (frame.Sequence, frame.Check, frame.Payload.End.Value);
        }

        return JudgeRest(segment, bytes, isNewest);
    }

    private string? Misfit(in Frame frame, ReadOnlySpan<byte> bytes)
    {
        if (frame.Sequence != Sequence + 1)
        {
            return $"record {frame.Sequence} follows record {Sequence}";
        }

        if (frame.Previous != Check)
        {
            return $"record {frame.Sequence} does not belong behind the record before it";
        }

        if (!EventCodec.TryRead(frame.Type, frame.Version, bytes[frame.Payload], out var e, out var problem))
        {
            IsFromAnother = true;
            return $"record {frame.Sequence} cannot be read: {problem}";
        }

        _events.Add(e);
        seen?.Invoke(new JournalEntry(frame.Sequence, Segment, End, e));
        return null;
    }

    private JournalOpening.Damaged? JudgeRest(int segment, ReadOnlySpan<byte> bytes, bool isNewest)
    {
        var rest = bytes[End..].TrimEnd((byte)0);
        if (rest.IsEmpty)
        {
            return null;
        }

        if (!isNewest)
        {
            return new JournalOpening.Damaged(storage.NameOf(segment), End, "a record is damaged, and later segments exist");
        }

        if (NextIntact(bytes, End + 1) is { } next)
        {
            return new JournalOpening.Damaged(storage.NameOf(segment), End, $"a record is damaged, and an intact one follows at offset {next}");
        }

        Tear = new JournalTear(storage.NameOf(segment), End, rest.Length);
        return null;
    }

    private static int? NextIntact(ReadOnlySpan<byte> bytes, int from)
    {
        while (from < bytes.Length)
        {
            var at = bytes[from..].IndexOf(Frame.MagicBytes);
            if (at < 0)
            {
                return null;
            }

            from += at;
            if (Frame.TryRead(bytes, from, out _))
            {
                return from;
            }

            from++;
        }

        return null;
    }
}
