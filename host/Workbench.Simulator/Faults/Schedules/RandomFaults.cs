using System.Globalization;
using Workbench.Simulator.Flow;

namespace Workbench.Simulator.Faults;

/// <summary>Makes a schedule up: any fault, any time, for a while, all from a seed.</summary>
public static class RandomFaults
{
    private const int Entries = 500;

    /// <summary>A schedule of some hours. Faults come every few seconds and last a few seconds each.</summary>
    /// <param name="seed">The same seed gives the same schedule.</param>
    /// <param name="venues">Names of the venues, each with the symbols that faults of a market may take.</param>
    public static IReadOnlyList<FaultPlan> Create(long seed, IReadOnlyDictionary<string, IReadOnlyList<string>> venues)
    {
        ArgumentNullException.ThrowIfNull(venues);
        var random = new Pcg32(unchecked((ulong)seed), Pcg32.StreamOf("random-faults", ""));
        var names = venues.Keys.Order(StringComparer.Ordinal).ToList();
        var plans = new List<FaultPlan>(Entries);
        var at = TimeSpan.Zero;
        for (var i = 0; i < Entries; i++)
        {
            at += TimeSpan.FromMilliseconds(random.Range(5_000, 40_000));
            var venue = names[random.Range(0, names.Count - 1)];
            var fault = FaultCatalogue.All[random.Range(0, FaultCatalogue.All.Count - 1)];
            var options = new List<KeyValuePair<string, string>>();
            if (fault.Options.Any(o => o.Name == "for"))
            {
                options.Add(KeyValuePair.Create("for", FormattableString.Invariant($"{random.Range(500, 20_000)}ms")));
            }

            if (fault.Options.Any(o => o.Name == "symbol") && venues[venue] is { Count: > 0 } symbols)
            {
                options.Add(KeyValuePair.Create("symbol", symbols[random.Range(0, Math.Min(symbols.Count, 5) - 1)]));
            }

            if (fault.Options.Any(o => o.Name == "chance") && random.Chance(50))
            {
                options.Add(KeyValuePair.Create("chance", (random.Range(1, 10) / 10m).ToString(CultureInfo.InvariantCulture)));
            }

            if (fault.Name == "filters-changed")
            {
                options.Add(KeyValuePair.Create("tick", "1"));
            }

            plans.Add(new FaultPlan { Fault = fault.Name, Venue = venue, At = at, Options = options });
        }

        return plans;
    }
}
