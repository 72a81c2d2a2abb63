using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Sdk;

namespace Workbench.Benchmarks.Journal;

/// <summary>What is appended: the record that must be safe before an order is sent.</summary>
internal static class JournalRecords
{
    public static ExecutionEvent[] Take(int count)
    {
        var ids = new ClientOrderIds("b0b", 1);
        return [.. Enumerable.Range(0, count).Select(_ => Prepared(ids.Next()))];
    }

    /// <summary>The bytes that the journal makes of them.</summary>
    public static byte[] BytesOf(ExecutionEvent[] records)
    {
        var storage = new MemoryJournalStorage();
        using var journal = ((JournalOpening.Ready)OrderJournal.Open(storage)).Journal;
        journal.Append(records);
        journal.Commit(durable: false);
        return storage.Read(storage.Segments[0]).ToArray();
    }

    private static AttemptPrepared Prepared(ClientOrderId id)
    {
        var order = new NewOrder { ClientOrderId = id, Instrument = Market.Instrument, Side = Side.Buy, Type = OrderType.Limit, Quantity = new Quantity(0.001m), LimitPrice = new Price(61234.57m) };
        return new AttemptPrepared(Timestamp.FromUnixMilliseconds(1_723_161_253_500), id, new ConnectionId("binance"), IsBackup: false, IsSimulated: true, order);
    }
}
