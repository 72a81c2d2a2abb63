using Workbench.Sdk;

namespace Workbench.Core.Connections.Standby;

/// <summary>What a readiness check has found out.</summary>
/// <param name="Rights">What the key may do.</param>
/// <param name="Balances">What the account holds.</param>
/// <param name="Markets">The markets whose orders may come.</param>
/// <param name="IsEveryMarket">False when orders of other markets may come, too, because a route takes what no other names.</param>
/// <param name="Contradiction">Why the venue's word does not fit what it said before; null when it does.</param>
/// <param name="Now">The moment of the check.</param>
internal sealed record ReadinessFacts(
    ReadResult<KeyRights> Rights, ReadResult<IReadOnlyList<Balance>> Balances, IReadOnlyList<MarketFacts> Markets, bool IsEveryMarket, string? Contradiction,
    Timestamp Now);

/// <summary>A market whose orders may come.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Obstacle">Why no order can go there: not listed, halted, another thing than at the preferred venue; null for none.</param>
/// <param name="Instrument">Its rules; null when it is not listed.</param>
/// <param name="Price">What a unit costs about now; null when nobody knows.</param>
internal sealed record MarketFacts(Symbol Symbol, string? Obstacle, Instrument? Instrument, Price? Price);

/// <summary>What follows from a readiness check.</summary>
/// <param name="Problem">Why no order can move there, as far as is known; null when some can.</param>
/// <param name="IsFinal">True when no order of any market can; false while orders of a market that is not in use yet could.</param>
/// <param name="Poor">Markets for which the account holds too little of both assets, with the reason.</param>
/// <param name="Excluded">Every market that no order can go to, with the reason.</param>
/// <param name="Warnings">What should be mended although orders can move there.</param>
internal sealed record ReadinessVerdict(string? Problem, bool IsFinal, IReadOnlyDictionary<Symbol, string> Poor, IReadOnlyDictionary<Symbol, string> Excluded, IReadOnlyList<string> Warnings)
{
    /// <summary>The verdict in one line.</summary>
    public string Text
    {
        get
        {
            var but = string.Join("; ", Excluded.Select(e => $"not for {e.Key}: {e.Value}").Concat(Warnings));
            return Problem is { } problem ? $"NOT READY: {problem}" : but.Length == 0 ? "READY" : $"READY, but {but}";
        }
    }
}

/// <summary>Judges whether orders could move to a connection. Pure. Clock, streams and breakers are judged all the time, by its health.</summary>
internal static class ReadinessCheck
{
    private static readonly TimeSpan ExpirySoon = TimeSpan.FromDays(7);

    public static ReadinessVerdict Judge(ReadinessFacts facts)
    {
        var poor = facts.Balances.IsOk ? Poor(facts.Markets, facts.Balances.Value) : [];
        var excluded = facts.Markets.Where(m => m.Obstacle is not null).ToDictionary(m => m.Symbol, m => m.Obstacle!);
        foreach (var (symbol, reason) in poor)
        {
            excluded.TryAdd(symbol, reason);
        }

        List<string> problems = [.. Key(facts), .. Venue(facts)];
        var isFinal = problems.Count > 0 || facts.IsEveryMarket;
        if (problems.Count == 0 && facts.Markets.Count > 0 && excluded.Count == facts.Markets.Count)
        {
            problems.AddRange(excluded.Select(e => $"{e.Key}: {e.Value}"));
        }

        return new ReadinessVerdict(problems.Count == 0 ? null : string.Join("; ", problems), isFinal, poor, excluded, [.. Warnings(facts)]);
    }

    private static IEnumerable<string> Key(ReadinessFacts facts)
    {
        if (facts.Rights.Error is { } error)
        {
            yield return error.Kind == VenueErrorKind.Authentication ? $"the venue does not take the key ({error})" : $"a signed read fails ({error})";
            yield break;
        }

        if (!facts.Rights.Value.CanTrade)
        {
            yield return "the key may not trade";
        }

        if (facts.Rights.Value.ExpiresAt is { } end && end <= facts.Now)
        {
            yield return $"the key ended at {end.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}Z";
        }
    }

    private static IEnumerable<string> Venue(ReadinessFacts facts)
    {
        if (facts.Balances.Error is { } unread)
        {
            yield return $"the balances cannot be read ({unread})";
        }

        if (facts.Contradiction is { } contradiction)
        {
            yield return contradiction;
        }
    }

    private static IEnumerable<string> Warnings(ReadinessFacts facts)
    {
        if (!facts.Rights.IsOk)
        {
            yield break;
        }

        if (facts.Rights.Value.CanWithdraw == true)
        {
            yield return "the key may WITHDRAW: take that right away";
        }

        if (facts.Rights.Value.ExpiresAt is { } end && end > facts.Now && end - facts.Now < ExpirySoon)
        {
            yield return $"the key ends at {end.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}Z";
        }
    }

    // What open orders have locked counts: it comes free with them.
    private static Dictionary<Symbol, string> Poor(IReadOnlyList<MarketFacts> markets, IReadOnlyList<Balance> balances)
    {
        var held = balances.ToDictionary(b => b.Asset, b => b.Free.Value + b.Locked.Value);
        Dictionary<Symbol, string> poor = [];
        foreach (var market in markets.Where(m => m.Instrument is not null))
        {
            var (@base, quote) = (held.GetValueOrDefault(market.Symbol.Base), held.GetValueOrDefault(market.Symbol.Quote));
            if (!CanBuy(market.Instrument!, quote) && !CanSell(market.Instrument!, @base, market.Price))
            {
                var least = market.Instrument!.MinNotional > 0 ? $"an order is worth at least {Numbers.Text(market.Instrument.MinNotional)} {market.Symbol.Quote}" : "nothing can be bought or sold";
                poor[market.Symbol] = $"no balance: {Numbers.Text(@base)} {market.Symbol.Base} and {Numbers.Text(quote)} {market.Symbol.Quote}, {least}";
            }
        }

        return poor;
    }

    private static bool CanBuy(Instrument instrument, decimal quote) => quote > 0 && quote >= instrument.MinNotional;

    private static bool CanSell(Instrument instrument, decimal @base, Price? price) =>
        @base > 0 && @base >= instrument.MinQuantity && (price is not { } p || @base * p.Value >= instrument.MinNotional);
}
