namespace Workbench.Plugins.Bybit.Streams;

/// <summary>What to do with a book message.</summary>
internal enum BookStep
{
    /// <summary>It is the whole book.</summary>
    Replace,

    /// <summary>It applies on top of the last one.</summary>
    Apply,

    /// <summary>It says nothing new, or belongs to a book that is being asked for again.</summary>
    Ignore,

    /// <summary>Something is missing before it: the book must be asked for again.</summary>
    Gap,
}

/// <summary>Keeps the messages of one book in sequence. Update ids rise by one; the venue does not promise it in writing, every capture keeps it.</summary>
internal sealed class BookSequence
{
    private long? _last;

    /// <summary>Forgets the book; only a snapshot begins it anew.</summary>
    public void Reset() => _last = null;

    /// <summary>Decides about the next message.</summary>
    /// <param name="isSnapshot">Whether the message calls itself a snapshot; it may come at any time.</param>
    /// <param name="updateId">Its update id. One means that the venue's service has restarted: such a message is the whole book, whatever it calls itself.</param>
    public BookStep Next(bool isSnapshot, long updateId)
    {
        if (isSnapshot || updateId == 1)
        {
            _last = updateId;
            return BookStep.Replace;
        }

        if (_last is not { } last || updateId == last)
        {
            return BookStep.Ignore;
        }

        if (updateId != last + 1)
        {
            _last = null;
            return BookStep.Gap;
        }

        _last = updateId;
        return BookStep.Apply;
    }
}
