namespace Workbench.Transport.Budgets;

/// <summary>
/// What budgets share beyond this process. Today bans, across restarts of one host. Sharing use between hosts goes through the same seam: what another host has
/// counted enters a scope as a venue's own number does, by <see cref="ScopeBudget.Observe"/>. Safe on any thread.
/// </summary>
internal interface IBudgetStore
{
    /// <summary>The bans that are remembered, ended ones perhaps among them.</summary>
    IReadOnlyList<BanRecord> ReadBans();

    /// <summary>Remembers a ban in the place of an earlier one of its scope; returns when that would survive the end of the process, however it ends.</summary>
    void Remember(BanRecord ban);
}
