namespace Workbench.Core.Execution.Journal;

/// <summary>What a journal holds, read without changing anything.</summary>
/// <param name="Segments">How many segments there are.</param>
/// <param name="Entries">Every record up to the first bad place, oldest first.</param>
/// <param name="Tear">An unfinished record at the end, or null. Where a host is writing it may just be on its way.</param>
/// <param name="Damage">The first place that cannot be trusted, or null.</param>
/// <param name="Segment">The number of the segment with the bad place, else of the last one.</param>
/// <param name="End">Where the trusted part of that segment ends, in bytes.</param>
/// <param name="IntactBehind">How many undamaged records lie behind the bad place: what cutting there would lose.</param>
/// <param name="IsFromAnother">True when the bad place is no damage, but a record of a Workbench that this one does not understand.</param>
public sealed record JournalInspection(
    int Segments, IReadOnlyList<JournalEntry> Entries, JournalTear? Tear, JournalOpening.Damaged? Damage, int Segment, long End, int IntactBehind, bool IsFromAnother)
{
    /// <summary>Reads a journal.</summary>
    /// <param name="storage">Only read.</param>
    /// <param name="progress">Told after every record how many there were, or null.</param>
    /// <exception cref="IOException">The storage failed.</exception>
    public static JournalInspection Read(IJournalStorage storage, Action<long>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        List<JournalEntry> entries = [];
        var reader = new JournalReader(storage, entry =>
        {
            entries.Add(entry);
            progress?.Invoke(entry.Sequence);
        });
        var damage = reader.ReadAll();
        var behind = damage is null ? 0 : CountIntact(storage, reader.Segment, reader.End);
        return new JournalInspection(storage.Segments.Count, entries, reader.Tear, damage, reader.Segment, reader.End, behind, reader.IsFromAnother);
    }

    private static int CountIntact(IJournalStorage storage, int damaged, int end)
    {
        var count = 0;
        foreach (var segment in storage.Segments.Where(s => s >= damaged))
        {
            var bytes = storage.Read(segment).Span;
            for (var at = segment == damaged ? end : 0; at < bytes.Length;)
            {
                var found = bytes[at..].IndexOf(Frame.MagicBytes);
                if (found < 0)
                {
                    break;
                }

                at += found;
                if (Frame.TryRead(bytes, at, out var frame))
                {
                    count++;
                    at = frame.Payload.End.Value;
                }
                else
                {
                    at++;
                }
            }
        }

        return count;
    }
}
