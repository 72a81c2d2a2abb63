using Workbench.Simulator.Flow;

namespace Workbench.Simulator.Faults;

/// <summary>
/// Switches the faults of a plan on when their time has come. Every draw comes from the seed and from the place of the entry
/// in the schedule, so that the same schedule with the same seed is the same run.
/// </summary>
internal sealed class FaultScheduler(IReadOnlyDictionary<string, FaultLab> venues, TimeProvider time, ulong seed) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<ITimer> _timers = [];
    private int _schedules;

    /// <summary>Checks every entry, then begins.</summary>
    /// <exception cref="FaultException">Something is wrong with an entry; nothing was begun. The message names all that is wrong.</exception>
    public void Begin(IReadOnlyList<FaultPlan> plans)
    {
        var problems = plans.SelectMany((plan, i) => Problems(plan).Select(p => $"entry {i + 1}: {p}")).ToList();
        if (problems.Count > 0)
        {
            throw new FaultException(string.Join(Environment.NewLine, problems));
        }

        var ordinal = Interlocked.Increment(ref _schedules);
        for (var i = 0; i < plans.Count; i++)
        {
            foreach (var venue in Targets(plans[i]))
            {
                Arm(new Entry(plans[i], venue.Value, new Pcg32(seed, Pcg32.StreamOf(FormattableString.Invariant($"schedule/{venue.Key}/{ordinal}"), FormattableString.Invariant($"{i}/{plans[i].Fault}")))));
            }
        }
    }

    /// <summary>Switches nothing more on. What is on stays so.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _timers.ForEach(t => t.Dispose());
            _timers.Clear();
        }
    }

    private IEnumerable<string> Problems(FaultPlan plan)
    {
        if (plan.Venue is { } name && !venues.ContainsKey(name))
        {
            return [$"there is no venue '{name}'{Nearest.Hint(name, [.. venues.Keys])}"];
        }

        // A fault for all venues must be able to act on each of them.
        return Targets(plan).Select(v => v.Value.Problem(plan.Fault, plan.Options)).OfType<string>().Distinct();
    }

    private IEnumerable<KeyValuePair<string, FaultLab>> Targets(FaultPlan plan) => venues.Where(v => plan.Venue is null || plan.Venue == v.Key);

    private void Arm(Entry entry)
    {
        if (entry.Wait() is not { } wait)
        {
            return;
        }

        lock (_lock)
        {
            ITimer? timer = null;
            timer = time.CreateTimer(
                _ =>
                {
                    Release(timer!);
                    entry.Lab.InjectLater(entry.Plan.Fault, entry.Plan.Options);
                    Arm(entry);
                },
                null,
                wait,
                Timeout.InfiniteTimeSpan);
            _timers.Add(timer);
        }
    }

    private void Release(ITimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            timer.Dispose();
        }
    }

    /// <summary>One line of a schedule at one venue, and how far it is.</summary>
    private sealed class Entry(FaultPlan plan, FaultLab lab, Pcg32 random)
    {
        private Pcg32 _random = random;
        private TimeSpan _strayed;
        private int _times;

        public FaultPlan Plan => plan;

        public FaultLab Lab => lab;

        /// <summary>From now to its next time; null when there is none.</summary>
        public TimeSpan? Wait()
        {
            if (_times > 0 && (plan.Every is null || _times == plan.Times))
            {
                return null;
            }

            var stray = plan.Jitter == TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromTicks((long)(plan.Jitter.Ticks * (_random.Next() / 4_294_967_296m)));
            var wait = (_times == 0 ? plan.At : plan.Every!.Value) - _strayed + stray;
            _strayed = stray;
            _times++;
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }
}
