namespace Workbench.Simulator.Venues;

/// <summary>Instruments as they were listed, seen through the changes that are on. Used inside the venue's lock.</summary>
internal sealed class ListingChanges
{
    private readonly Dictionary<string, Instrument> _listed = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<(object Name, string Symbol), Func<Instrument, Instrument>> _changes = [];

    /// <summary>Puts a change on or takes it off (null) and says what the instrument is now.</summary>
    public Instrument Alter(Instrument now, object name, Func<Instrument, Instrument>? change)
    {
        if (!_listed.TryGetValue(now.Symbol, out var listed))
        {
            _listed[now.Symbol] = listed = now;
        }

        _changes.Remove((name, now.Symbol));
        if (change is not null)
        {
            _changes.Add((name, now.Symbol), change);
        }

        var changes = _changes.Where(c => c.Key.Symbol == now.Symbol).Select(c => c.Value).ToList();
        if (changes.Count == 0)
        {
            // What is changed from elsewhere later is the new starting point.
            _listed.Remove(now.Symbol);
        }

        return changes.Aggregate(listed, (instrument, next) => next(instrument));
    }
}
