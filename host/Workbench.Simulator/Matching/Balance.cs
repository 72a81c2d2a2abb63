namespace Workbench.Simulator.Matching;

/// <summary>Free and locked amount of one asset. Going below zero is a bug of the engine, not an outcome.</summary>
internal sealed class Balance(string asset, bool mayOwe = false)
{
    public string Asset { get; } = asset;
    public decimal Free { get; private set; }
    public decimal Locked { get; private set; }
    public decimal Total => Free + Locked;

    /// <summary>The part of <see cref="Free"/> that stands behind derivatives positions and orders of the same account.</summary>
    public decimal Pledged { get; set; }

    /// <summary>What a new spot order may spend.</summary>
    public decimal Available => Math.Max(0, Free - Pledged);

    public void Change(decimal free, decimal locked)
    {
        var newFree = Free + free;
        var newLocked = Locked + locked;
        if ((newFree < 0 && !mayOwe) || newLocked < 0)
        {
            throw new InvalidOperationException($"Balance of {Asset} would become {newFree} free, {newLocked} locked.");
        }

        Free = newFree;
        Locked = newLocked;
    }
}
