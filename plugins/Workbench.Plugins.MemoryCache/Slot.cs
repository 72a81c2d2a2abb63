using Workbench.Sdk;

namespace Workbench.Plugins.MemoryCache;

/// <summary>One entry with its places in the order of use and in the order of deadlines.</summary>
internal sealed class Slot
{
    public Slot(string key, CacheEntry entry, long deadline, long number)
    {
        Key = key;
        Entry = entry;
        Deadline = deadline;
        Number = number;
        Use = new LinkedListNode<Slot>(this);
    }

    /// <summary>Earliest deadline first; the number keeps two slots of one deadline apart.</summary>
    public static IComparer<Slot> ByDeadline { get; } =
        Comparer<Slot>.Create((left, right) => (left.Deadline, left.Number).CompareTo((right.Deadline, right.Number)));

    public string Key { get; }

    public CacheEntry Entry { get; }

    /// <summary>When it ends, in ticks of <see cref="TimeProvider.GetTimestamp"/>: a jump of the wall clock neither kills nor prolongs it.</summary>
    public long Deadline { get; }

    public long Number { get; }

    public LinkedListNode<Slot> Use { get; }
}
