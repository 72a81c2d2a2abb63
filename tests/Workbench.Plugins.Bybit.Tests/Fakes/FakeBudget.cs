using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Fakes;

internal sealed class FakeBudget : IRateBudget
{
    public List<(int Weight, TimeSpan Window)> Declared { get; } = [];

    public List<(int Used, TimeSpan Window)> Observed { get; } = [];

    public List<TimeSpan> Pauses { get; } = [];

    public void Declare(int weight, TimeSpan window) => Declared.Add((weight, window));

    public void Observe(int usedWeight, TimeSpan window) => Observed.Add((usedWeight, window));

    public void PauseFor(TimeSpan duration) => Pauses.Add(duration);
}
