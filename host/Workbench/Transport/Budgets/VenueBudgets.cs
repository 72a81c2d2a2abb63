using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Workbench.Sdk;

namespace Workbench.Transport.Budgets;

/// <summary>The budgets of this process, one for each venue address and one for each key there. They live as long as the process: a connection that is opened again finds what it had used. Safe on any thread.</summary>
internal sealed class VenueBudgets
{
    private readonly ConcurrentDictionary<string, ScopeBudget> _scopes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _bans = new(StringComparer.Ordinal);
    private readonly IBudgetStore _store;
    private readonly TimeProvider _time;
    private readonly long _started;

    /// <summary>Takes up the bans that the store remembers.</summary>
    public VenueBudgets(IBudgetStore store, TimeProvider time)
    {
        (_store, _time, _started) = (store, time, time.GetTimestamp());
        var now = time.GetUtcNow();
        foreach (var ban in store.ReadBans())
        {
            var left = ban.LeftAt(now);
            if (left <= TimeSpan.Zero)
            {
                continue;
            }

            _bans[ban.Scope] = left;
            if (ban.Since > now)
            {
                // The clock was set back: counted from now on, so that the next restart does not begin it anew once more.
                store.Remember(new BanRecord(ban.Scope, now, now + left));
            }
        }
    }

    /// <summary>The budgets of one connection.</summary>
    /// <param name="address">The venue's address; see <see cref="VenueAddress"/>.</param>
    /// <param name="apiKey">The key; null without credentials.</param>
    /// <param name="isRemembered">False for a venue that ends with this process: what it banned, ends too.</param>
    public ConnectionBudget For(string address, string? apiKey, bool isRemembered) => new(
        Scope(address, RateScope.Address, isRemembered),
        apiKey is null ? null : Scope($"{address}#{Digest(apiKey)}", RateScope.Key, isRemembered),
        _time);

    private ScopeBudget Scope(string id, RateScope scope, bool isRemembered) =>
        _scopes.GetOrAdd(id, static (id, given) => given.Self.Make(id, given.scope, given.isRemembered), (Self: this, scope, isRemembered));

    private ScopeBudget Make(string id, RateScope scope, bool isRemembered)
    {
        var made = new ScopeBudget(id, scope, _time, isRemembered ? _store.Remember : null);
        if (isRemembered && _bans.TryGetValue(id, out var left))
        {
            made.Resume(left - _time.GetElapsedTime(_started));
        }

        return made;
    }

    // Keys are no secrets, but they need not stand in files either.
    private static string Digest(string apiKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(apiKey)).AsSpan(0, 8));
}
