using System.Threading.Channels;
using LiteDB;
using Microsoft.Extensions.Logging;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Storage;

/// <summary>
/// Orders, fills and errors to look back at. A projection of the journal, written by a task of its own: callers hand over and go on.
/// It may be deleted and is rebuilt; nothing in the engine reads it. Safe on any thread.
/// </summary>
internal sealed class HistoryStore : IEngineObserver, IAsyncDisposable
{

    private const int MaxLimit = 10_000;
    private const int MaxErrorLength = 4000;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly OpenHistory _file;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HistoryBacklog _backlog = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _writing;
    private int _disposed;

    private HistoryStore(OpenHistory file, TimeProvider time, ILogger logger)
    {
        _file = file;
        _time = time;
        _logger = logger;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>How many changes wait to be written.</summary>
    public int Backlog => _backlog.Count;

    /// <summary>How many errors were not kept because too many came at once. Orders and fills are never dropped.</summary>
    public long DroppedErrors => _backlog.DroppedErrors;

    /// <summary>Opens or creates the history.</summary>
    public static HistoryOpening Open(string file, TimeProvider time, ILogger logger)
    {
        var (open, error) = HistoryFile.Open(file, time, logger);
        return new HistoryOpening(open is null ? null : new HistoryStore(open, time, logger), error, open?.IsNew ?? false);
    }

    /// <inheritdoc />
    public void OnOrder(Order order)
    {
        _backlog.Add(order);
        _signal.Writer.TryWrite(true);
    }

    /// <inheritdoc />
    public void OnFill(Fill fill)
    {
        _backlog.Add(fill);
        _signal.Writer.TryWrite(true);
    }

    /// <inheritdoc />
    public void OnError(string text)
    {
        _backlog.Add(new HistoryError(Timestamp.Now(_time), text.Length > MaxErrorLength ? text[..MaxErrorLength] : text));
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits until all that was handed over before is on the disk.</summary>
    /// <returns>False when the store ended without being able to write it.</returns>
    public Task<bool> FlushAsync(CancellationToken cancellationToken) => Wait(_backlog.AddFlush(clear: false), cancellationToken);

    /// <summary>Replaces all orders and fills by what the journal knows; errors stay. Call it before the engine starts to report.</summary>
    public Task<bool> RebuildAsync(IEnumerable<Order> orders, IEnumerable<Fill> fills, CancellationToken cancellationToken)
    {
        var cleared = _backlog.AddFlush(clear: true);
        foreach (var order in orders)
        {
            _backlog.Add(order);
        }

        foreach (var fill in fills)
        {
            _backlog.Add(fill);
        }

        return Wait(Both(cleared, _backlog.AddFlush(clear: false)), cancellationToken);
    }

    /// <summary>Orders by the time they were asked for, newest first.</summary>
    public IReadOnlyList<Order> GetOrders(HistoryQuery query) => [.. Find(HistoryCollections.Orders, query).Select(OrderDocument.ToOrder)];

    /// <summary>Fills by the venue's time, newest first.</summary>
    public IReadOnlyList<Fill> GetFills(HistoryQuery query) => [.. Find(HistoryCollections.Fills, query).Select(FillDocument.ToFill)];

    /// <summary>Errors, newest first; connection and symbol do not narrow them.</summary>
    public IReadOnlyList<HistoryError> GetErrors(HistoryQuery query) =>
        [.. Find(HistoryCollections.Errors, query with { Connection = null, Symbol = null }).Select(d => new HistoryError(new Timestamp(d["at"].AsInt64), d["text"].AsString))];

    /// <summary>Writes what waits, once, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _signal.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        _file.Dispose();
        _stopping.Dispose();
    }

    private Task<bool> Wait(Task<bool> written, CancellationToken cancellationToken)
    {
        _signal.Writer.TryWrite(true);
        return written.WaitAsync(cancellationToken);
    }

    private static async Task<bool> Both(Task<bool> first, Task<bool> second) =>
        await first.ConfigureAwait(false) & await second.ConfigureAwait(false);

    private async Task WriteAsync()
    {
        while (await _signal.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            _signal.Reader.TryRead(out _);
            await WriteBatchAsync().ConfigureAwait(false);
        }

        await WriteBatchAsync().ConfigureAwait(false);
    }

    // A full disk may be emptied: until the host ends, nothing that was taken is given up.
    private async Task WriteBatchAsync()
    {
        var batch = _backlog.Take();
        if (batch.IsEmpty)
        {
            return;
        }

        for (var failures = 0; ; failures++)
        {
            if (TryWrite(batch) is not { } failure)
            {
                batch.Complete(written: true);
                return;
            }

            if (failures == 0)
            {
                Log.HistoryNotWritten(_logger, batch.Count, failure);
            }

            if (_stopping.IsCancellationRequested)
            {
                Log.HistoryLost(_logger, batch.Count);
                batch.Complete(written: false);
                return;
            }

            await Task.Delay(RetryDelay, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Exception? TryWrite(HistoryBatch batch)
    {
        try
        {
            // LiteDB binds a transaction to its thread: no await until it is over.
            _file.Database.BeginTrans();
            Write(batch);
            _file.Database.Commit();
            return null;
        }
#pragma warning disable CA1031 // boundary: LiteDB. The history is not worth a trading host; the failure is logged and tried again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return TryRollback() ?? e;
        }
    }

    private Exception? TryRollback()
    {
        try
        {
            _file.Database.Rollback();
            return null;
        }
#pragma warning disable CA1031 // boundary: LiteDB.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    private void Write(HistoryBatch batch)
    {
        var (orders, fills, errors) = (_file.Database.GetCollection(HistoryCollections.Orders), _file.Database.GetCollection(HistoryCollections.Fills), _file.Database.GetCollection(HistoryCollections.Errors));
        if (batch.ClearFirst)
        {
            orders.DeleteAll();
            fills.DeleteAll();
        }

        orders.Upsert(batch.Orders.Values.Select(OrderDocument.From));
        fills.Upsert(batch.Fills.Select(FillDocument.From));
        errors.Insert(batch.Errors.Select(e => new BsonDocument { ["at"] = e.At.UnixNanoseconds, ["text"] = e.Text }));
    }

    private List<BsonDocument> Find(string collection, HistoryQuery query)
    {
        var rows = _file.Database.GetCollection(collection).Query();
        if (query.Connection is { } connection)
        {
            rows = rows.Where("$.connection = @0", connection.Value);
        }

        if (query.Symbol is { } symbol)
        {
            rows = rows.Where("$.symbol = @0", symbol.ToString());
        }

        if (query.From is { } from)
        {
            rows = rows.Where("$.at >= @0", from.UnixNanoseconds);
        }

        if (query.Until is { } until)
        {
            rows = rows.Where("$.at < @0", until.UnixNanoseconds);
        }

        return rows.OrderByDescending("$.at").Limit(Math.Clamp(query.Limit, 1, MaxLimit)).ToList();
    }
}
