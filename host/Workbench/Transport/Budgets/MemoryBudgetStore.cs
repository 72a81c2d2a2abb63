namespace Workbench.Transport.Budgets;

/// <summary>Remembers as long as the process lives.</summary>
internal sealed class MemoryBudgetStore : IBudgetStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, BanRecord> _bans = new(StringComparer.Ordinal);

    public IReadOnlyList<BanRecord> ReadBans()
    {
        lock (_lock)
        {
            return [.. _bans.Values];
        }
    }

    public void Remember(BanRecord ban)
    {
        lock (_lock)
        {
            _bans[ban.Scope] = ban;
        }
    }
}
