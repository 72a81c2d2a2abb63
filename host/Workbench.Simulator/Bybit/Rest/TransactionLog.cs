using System.Text.Json;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary><c>account/transaction-log</c>: how fills changed the wallet. A spot fill is two entries, one for each coin.</summary>
internal sealed class TransactionLog(SimulatedVenue venue, Ledgers ledgers)
{
    private const long DayMillis = 86_400_000;

    /// <summary>One coin's side of a fill.</summary>
    private sealed record Entry(AccountFill Fill, string Coin, decimal CashFlow, decimal Fee, decimal Balance, long Key)
    {
        public decimal Change => CashFlow - Fee;
    }

    public Reply List(RestCall call)
    {
        var (start, end) = (call.Number("startTime"), call.Number("endTime"));
        if (end - start is < 0 or > 7 * DayMillis)
        {
            return Reply.Fail(BybitError.Parameter("The time range between startTime and endTime cannot exceed 7 days."));
        }

        var cursor = Cursor.Parse(call.Text("cursor"));
        if (cursor == 0)
        {
            return Reply.Fail(BybitError.Parameter("Invalid cursor"));
        }

        // Without both bounds the last day is meant.
        var from = start ?? (end ?? venue.Clock.NowMillis) - (end is null ? DayMillis : 7 * DayMillis);
        var to = end ?? (start is null ? venue.Clock.NowMillis : start + (7 * DayMillis));
        return venue.Execute(_ =>
        {
            var found = Entries(call.Account)
                .Where(e => e.Fill.Trade.TimeMicros / 1000 >= from && e.Fill.Trade.TimeMicros / 1000 <= to)
                .Where(e => call.Category is "" or Categories.Spot)
                .Where(e => call.Text("currency") is "" || call.Text("currency") == e.Coin)
                .Where(e => call.Text("baseCoin") is "" || call.Text("baseCoin") == e.Fill.Order.Book.Base)
                .Where(_ => call.Text("type") is "" or "TRADE");
            var (page, next) = Cursor.Cut(found, e => e.Key, cursor, call.Limit(20, 50));
            return Reply.Ok(writer =>
            {
                writer.WriteString("nextPageCursor", next);
                writer.WriteList("list", page, Write);
            });
        });
    }

    // Newest first; the balance after each entry is reckoned back from the one of now.
    private IEnumerable<Entry> Entries(Account account)
    {
        var balances = account.Balances.ToDictionary(b => b.Key, b => b.Value.Total);
        foreach (var fill in ledgers[account].Fills.Reverse())
        {
            var (trade, book) = (fill.Trade, fill.Order.Book);
            var sign = trade.Side == Side.Buy ? 1 : -1;
            foreach (var (coin, flow, part) in ((string, decimal, int)[])[(book.Quote, -sign * trade.QuoteQuantity, 1), (book.Base, sign * trade.Quantity, 0)])
            {
                var entry = new Entry(fill, coin, flow, coin == trade.FeeAsset ? trade.Fee : 0, balances.GetValueOrDefault(coin), (fill.Ordinal * 2) + part);
                balances[coin] = entry.Balance - entry.Change;
                yield return entry;
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, Entry entry)
    {
        var (order, trade) = (entry.Fill.Order, entry.Fill.Trade);
        writer.WriteStartObject();
        writer.WriteString("id", $"{order.Account.Id}_{order.Symbol}_{entry.Key}");
        writer.WriteString("symbol", order.Symbol);
        writer.WriteString("category", Categories.Spot);
        writer.WriteString("side", OrderText.Side(trade.Side));
        writer.WriteText("transactionTime", trade.TimeMicros / 1000);
        writer.WriteString("type", "TRADE");
        writer.WriteString("transSubType", "");
        writer.WriteAmount("qty", trade.Quantity);
        writer.WriteAmount("size", 0);
        writer.WriteString("currency", entry.Coin);
        writer.WriteAmount("tradePrice", trade.Price);
        writer.WriteString("funding", "");
        writer.WriteAmount("fee", entry.Fee);
        writer.WriteAmount("cashFlow", entry.CashFlow);
        writer.WriteAmount("change", entry.Change);
        writer.WriteAmount("cashBalance", entry.Balance);
        writer.WriteAmount("feeRate", trade.FeeRate);
        writer.WriteString("bonusChange", "");
        writer.WriteString("tradeId", BybitIds.Execution(trade.Id, trade.IsMaker));
        writer.WriteString("orderId", BybitIds.Order(order.Id));
        writer.WriteString("orderLinkId", order.ClientId);
        writer.WriteString("extraFees", "");
        writer.WriteEndObject();
    }
}
