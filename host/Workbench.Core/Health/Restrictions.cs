using Workbench.Sdk;

namespace Workbench.Core.Health;

/// <summary>
/// What a venue refuses for now: cancels only, post-only, a halted market. One market's refusals concern that market; refusals of two markets with nothing
/// taken between them concern the account, and then nothing is sent for a while. Its owner's lock guards it.
/// </summary>
internal sealed class Restrictions(TimeProvider time)
{
    /// <summary>A refusal is remembered so long; the next order finds out whether it is over.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Symbol, (long At, Trouble Trouble)> _refused = [];

    public bool Any => _refused.Count > 0;

    public void Refused(Symbol symbol, VenueError error)
    {
        var before = _refused.TryGetValue(symbol, out var known) ? known.Trouble : null;
        _refused[symbol] = (time.GetTimestamp(), Trouble.After(before, Timestamp.Now(time), error.Message, error));
    }

    /// <summary>An order was taken: whatever was refused before is to be found out anew.</summary>
    public void Taken() => _refused.Clear();

    /// <summary>What stands now, and whether it is the whole account's.</summary>
    public (Trouble? Trouble, bool IsAccount) Now()
    {
        if (_refused.Count == 0)
        {
            return (null, false);
        }

        foreach (var over in _refused.Where(r => time.GetElapsedTime(r.Value.At) >= Lasts).Select(r => r.Key).ToArray())
        {
            _refused.Remove(over);
        }

        if (_refused.Count == 0)
        {
            return (null, false);
        }

        var first = _refused.Values.MinBy(r => r.Trouble.Since).Trouble;
        var what = _refused.Count == 1 ? $"{_refused.Keys.Single()} takes no such orders" : "takes no such orders in any market";
        return (first with { Why = $"{what} since {Diagnosis.Clock(first.Since)}: {first.Why}" }, _refused.Count > 1);
    }
}
