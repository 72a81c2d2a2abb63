using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Fakes;

internal sealed class FakeBudget : IRateBudget
{
    public List<RateLimit> Declared { get; } = [];

    public List<(string Class, int Used, TimeSpan Window)> Observed { get; } = [];

    /// <summary>What was stopped, a scope or a class, and for how long; bans say so.</summary>
    public List<(string What, TimeSpan Duration)> Stops { get; } = [];

    public void Declare(RateLimit limit) => Declared.Add(limit);

    public void Observe(RateClass counted, TimeSpan window, int used, Timestamp sentAt) => Observed.Add((counted.Name, used, window));

    public void PauseFor(RateScope scope, TimeSpan duration) => Stops.Add(($"{scope}", duration));

    public void PauseFor(RateClass counted, TimeSpan duration) => Stops.Add((counted.Name, duration));

    public void BanFor(RateScope scope, TimeSpan duration) => Stops.Add(($"{scope} banned", duration));

    public VenueError? Take(IReadOnlyList<RateCost> costs, RequestLane lane) => null;
}
