using Workbench.Plugins.Binance.Market;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Streams;

/// <summary>The books of one session: feeds each its events and fetches a snapshot for each wish of the host, who decides when to try again. All members whose name ends in <c>_NeedsLock</c> run under the stream's lock.</summary>
internal sealed class BookFeed(ConnectorContext context, MarketReads reads, IMarketStreamSession session, Lock gate, Action<MarketSubscription> dropped) : IDisposable
{
    // Without an event a snapshot would only be too old; a quiet market gets its snapshot after this.
    private static readonly TimeSpan FirstEventPatience = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<Symbol, Book> _books = [];
    private readonly List<Task> _loads = [];
    private readonly SemaphoreSlim _oneSnapshotAtATime = new(1, 1);
    private readonly TaskCompletionSource<StreamEnd> _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Fails when a load failed unexpectedly.</summary>
    public Task<StreamEnd> Fault => _fault.Task;

    /// <summary>Begins a book: its events are kept from now on.</summary>
    public void Begin_NeedsLock(Instrument instrument, CancellationToken cancellationToken)
    {
        var book = new Book(instrument);
        if (_books.TryAdd(instrument.Symbol, book))
        {
            Load_NeedsLock(book, cancellationToken);
        }
    }

    /// <summary>The host wishes a new snapshot of a book that is there and was interrupted.</summary>
    /// <returns>False when the book is not there, or has no use for a snapshot alone.</returns>
    public bool TryAgain_NeedsLock(MarketSubscription subscription, CancellationToken cancellationToken)
    {
        if (subscription.Channel != MarketChannel.Book || !_books.TryGetValue(subscription.Symbol, out var book) || !book.IsInterrupted)
        {
            return false;
        }

        book.IsInterrupted = false;
        Load_NeedsLock(book, cancellationToken);
        return true;
    }

    /// <summary>The venue has confirmed the subscription, so that a snapshot taken a little later cannot miss anything.</summary>
    public void Acknowledged_NeedsLock(MarketSubscription subscription)
    {
        if (subscription.Channel == MarketChannel.Book && _books.TryGetValue(subscription.Symbol, out var book))
        {
            book.Acknowledged.TrySetResult();
        }
    }

    /// <summary>Forgets a book; a load that is under way finds that out by itself.</summary>
    public void End_NeedsLock(MarketSubscription subscription)
    {
        if (subscription.Channel == MarketChannel.Book && _books.Remove(subscription.Symbol, out var book))
        {
            book.FirstEvent.TrySetResult();
        }
    }

    public void OnEvent_NeedsLock(in DepthEvent change, CancellationToken cancellationToken)
    {
        if (!_books.TryGetValue(change.Symbol, out var book))
        {
            return;
        }

        if (book.Sync.OnEvent(change, session) is { } problem)
        {
            Interrupt(book, problem, null);
        }

        book.FirstEvent.TrySetResult();
    }

    /// <summary>Waits for the loads after the session was cancelled.</summary>
    public Task EndedAsync()
    {
        lock (gate)
        {
            return Task.WhenAll(_loads);
        }
    }

    public void Dispose() => _oneSnapshotAtATime.Dispose();

    private void Load_NeedsLock(Book book, CancellationToken cancellationToken)
    {
        _loads.RemoveAll(task => task.IsCompleted);
        _loads.Add(LoadOrFaultAsync(book, cancellationToken));
    }

    private async Task LoadOrFaultAsync(Book book, CancellationToken cancellationToken)
    {
        try
        {
            await LoadAsync(book, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The session is over.
        }
#pragma warning disable CA1031 // boundary: a load that fails unexpectedly ends the stream with its exception
        catch (Exception e)
        {
            _fault.TrySetException(e);
        }
#pragma warning restore CA1031
    }

    private async Task LoadAsync(Book book, CancellationToken cancellationToken)
    {
        await FirstEventOrPatienceAsync(book, cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            if (!IsCurrent(book))
            {
                return;
            }
        }

        var read = await SnapshotAsync(book, cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            if (IsCurrent(book))
            {
                Apply_NeedsLock(book, read);
            }
        }
    }

    private async Task FirstEventOrPatienceAsync(Book book, CancellationToken cancellationToken)
    {
        await Task.WhenAny(book.FirstEvent.Task, book.Acknowledged.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!book.FirstEvent.Task.IsCompleted)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(book.FirstEvent.Task, Task.Delay(FirstEventPatience, context.Time, enough.Token)).ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task<ReadResult<DepthSnapshot>> SnapshotAsync(Book book, CancellationToken cancellationToken)
    {
        // One after the other: many books that resynchronise at once must not spend a minute's weight in a second.
        await _oneSnapshotAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await reads.DepthAsync(book.Instrument, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneSnapshotAtATime.Release();
        }
    }

    private void Apply_NeedsLock(Book book, ReadResult<DepthSnapshot> read)
    {
        if (read.Error is { } error)
        {
            Failed_NeedsLock(book, error);
        }
        else if (book.Sync.OnSnapshot(read.Value, session) is { } problem)
        {
            Interrupt(book, problem, null);
        }
    }

    private void Failed_NeedsLock(Book book, VenueError error)
    {
        if (error.IsTransient || error.Kind is VenueErrorKind.Banned or VenueErrorKind.Cancelled or VenueErrorKind.Maintenance)
        {
            Interrupt(book, $"its snapshot could not be read: {error.Message}", error.RetryAfter);
            return;
        }

        var subscription = new MarketSubscription(book.Sync.Symbol, MarketChannel.Book);
        _books.Remove(book.Sync.Symbol);
        dropped(subscription);
        session.Refused(subscription, error);
    }

    private void Interrupt(Book book, string problem, TimeSpan? retryAfter)
    {
        book.IsInterrupted = true;
        Log.BookInterrupted(context.Logger, book.Sync.Symbol, problem);
        session.Interrupted(new MarketSubscription(book.Sync.Symbol, MarketChannel.Book), problem, retryAfter);
    }

    private bool IsCurrent(Book book) => _books.TryGetValue(book.Sync.Symbol, out var current) && ReferenceEquals(current, book);

    private sealed class Book(Instrument instrument)
    {
        public Instrument Instrument { get; } = instrument;

        public BookSync Sync { get; } = new(instrument.Symbol);

        /// <summary>True while it waits for the host's word.</summary>
        public bool IsInterrupted { get; set; }

        public TaskCompletionSource FirstEvent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Acknowledged { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
