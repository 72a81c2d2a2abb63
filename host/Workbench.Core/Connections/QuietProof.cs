using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>
/// Tells a quiet market from a broken stream. Where nothing has come for half of the limit, the venue is asked what the market is like now: when that is
/// what the stream said last, nothing was missed. A read that fails proves nothing, and a difference proves that something is missing.
/// </summary>
/// <remarks>
/// Quotes and books are compared by their best prices and quantities, all of them in one request; trades and candles by the running candle, one market at a
/// time. There is never more than one read of each kind under way, and never more than one in a quarter of the limit, so that a thousand quiet markets cost
/// no more than one.
/// </remarks>
internal sealed class QuietProof(Connection connection, IConnector connector, SubscriptionSet subscriptions, PipelineInbox inbox, TimeProvider time)
{
    private const int MostAtOnce = 1000;

    private readonly TimeSpan _spacing = connection.Settings.StaleAfter / 4;
    private Task _quotes = Task.CompletedTask;
    private Task _candles = Task.CompletedTask;
    private long _quotesAt;
    private long _candlesAt;

    /// <summary>Asks where it is time to ask.</summary>
    public void Look()
    {
        if (IsDue(_quotes, _quotesAt, _spacing) && Suspects(isJudged: true) is { Count: > 0 } suspects)
        {
            _quotesAt = time.GetTimestamp();
            _quotes = CompareQuotesAsync(suspects);
        }

        if (IsDue(_candles, _candlesAt, _spacing) && Suspects(isJudged: false) is { Count: > 0 } quiet)
        {
            _candlesAt = time.GetTimestamp();
            _candles = CompareCandleAsync(quiet.MaxBy(s => s.Unproven)!);
        }
    }

    private bool IsDue(Task last, long at, TimeSpan spacing)
    {
        if (last.IsFaulted)
        {
            last.GetAwaiter().GetResult(); // A connector that throws takes its connection down.
        }

        return last.IsCompleted && (at == 0 || time.GetElapsedTime(at) >= spacing);
    }

    private List<SubscriptionState> Suspects(bool isJudged)
    {
        var suspects = new List<SubscriptionState>();
        foreach (var state in subscriptions.States)
        {
            // Of what was never heard only two reads that agree say anything: they begin earlier.
            var patience = StreamWatch.Limit(state, connection.Settings) / (state.WasHeard ? 2 : 4);
            if (state.IsJudged == isJudged && state.Condition != SubscriptionCondition.Refused && state.Unproven > patience)
            {
                suspects.Add(state);
                if (suspects.Count == MostAtOnce)
                {
                    break;
                }
            }
        }

        return suspects;
    }

    private async Task CompareQuotesAsync(List<SubscriptionState> suspects)
    {
        var before = suspects.ConvertAll(s => s.Newest);
        var read = await ReadAsync(ct => connector.GetQuotesAsync([.. suspects.Select(s => s.Subscription.Symbol).Distinct()], ct)).ConfigureAwait(false);
        if (!read.IsOk)
        {
            return;
        }

        var quotes = read.Value.GroupBy(q => q.Symbol).ToDictionary(g => g.Key, g => g.First());
        var all = true;
        for (var i = 0; i < suspects.Count; i++)
        {
            var state = suspects[i];
            var isSame = quotes.TryGetValue(state.Subscription.Symbol, out var quote) && IsWhatWeKnow(state, quote);
            if (isSame && ReferenceEquals(state.Newest, before[i]) && state.Proven())
            {
                inbox.PostInOrder(new MarketDataProven(connection.Id, state.Subscription));
            }

            all &= isSame || !ReferenceEquals(state.Newest, before[i]);
        }

        if (all)
        {
            connection.Health.Proven();
        }
    }

    private async Task CompareCandleAsync(SubscriptionState state)
    {
        var before = state.Newest;
        var read = await ReadAsync(ct => connector.GetCandlesAsync(state.Subscription.Symbol, TimeSpan.FromMinutes(1), 2, ct)).ConfigureAwait(false);
        if (!read.IsOk || !ReferenceEquals(state.Newest, before))
        {
            return;
        }

        // Candles without trades carry no volume, whether the venue sends them or not.
        var traded = read.Value.LastOrDefault(c => !c.Volume.IsZero);
        var now = (traded?.OpenTime, traded?.Volume);
        state.IsMissed = state.LastRead is { } last && last.At >= state.HeardAt && !now.Equals(last.What);
        state.LastRead = (now, time.GetTimestamp());
        if (!state.IsMissed)
        {
            state.Proven();
        }
    }

    // What the stream said last, if it said it by quotes or if somebody keeps the book; else what the read before this one said.
    private bool IsWhatWeKnow(SubscriptionState state, Quote quote)
    {
        var now = new TopOfBook(quote.Bid, quote.BidQuantity, quote.Ask, quote.AskQuantity);
        var before = state.LastRead;
        state.LastRead = (now, time.GetTimestamp());
        return state.Newest switch
        {
            Quote said => now == new TopOfBook(said.Bid, said.BidQuantity, said.Ask, said.AskQuantity),
            BookUpdate when connection.Book(state.Subscription.Symbol) is { } book => now == TopOfBook.Of(book),
            _ => before is { What: TopOfBook top } last && last.At >= state.HeardAt && top == now,
        };
    }

    // A proof that comes later is no use.
    private async Task<ReadResult<T>> ReadAsync<T>(Func<CancellationToken, Task<ReadResult<T>>> read)
    {
        using var limit = new CancellationTokenSource(_spacing * 2, time);
        return await read(limit.Token).ConfigureAwait(false);
    }
}

/// <summary>The best of both sides, for comparison.</summary>
internal sealed record TopOfBook(Price? Bid, Quantity BidQuantity, Price? Ask, Quantity AskQuantity)
{
    public static TopOfBook Of(OrderBook book) =>
        new(book.BestBid?.Price, book.BestBid?.Quantity ?? Quantity.Zero, book.BestAsk?.Price, book.BestAsk?.Quantity ?? Quantity.Zero);
}
