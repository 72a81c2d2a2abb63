namespace Workbench.Transport.Budgets;

/// <summary>A ban as it is remembered across restarts.</summary>
/// <param name="Scope">The scope's id: the venue's address, for a key with a digest of it.</param>
/// <param name="Since">When it was learnt of, by the wall clock.</param>
/// <param name="Until">When it ends, by the wall clock.</param>
internal sealed record BanRecord(string Scope, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>How much of it is left. A clock that was set back while the host was down can at most begin the ban anew, never lengthen it.</summary>
    public TimeSpan LeftAt(DateTimeOffset now)
    {
        var (whole, left) = (Until - Since, Until - now);
        return left < whole ? left : whole;
    }
}
