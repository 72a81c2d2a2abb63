using System.Security.Cryptography;
using System.Text;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.UserData;

/// <summary>
/// The keys by which accounts were listened to until 2026-02-20: one per account, valid for an hour from when it was last
/// asked for or kept alive. State changes inside the venue's lock only.
/// </summary>
internal sealed class ListenKeys(SimulatedVenue venue)
{
    private const long LifeMicros = 3_600_000_000;
    private readonly Dictionary<string, Entry> _byKey = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>Told of every key that is given up.</summary>
    public Action<string>? OnRemoved { get; set; }

    /// <summary>The account's key: the one it has, with a new hour, or a new one.</summary>
    public string Start(Account account) => venue.Execute(_ =>
    {
        var entry = Living.FirstOrDefault(e => ReferenceEquals(e.Account, account));
        if (entry is null)
        {
            var seed = FormattableString.Invariant($"listenKey/{venue.Name}/{venue.Seed}/{account.Id}/{++_made}");
            entry = new Entry(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed))), account);
            _byKey[entry.Key] = entry;
        }

        entry.ExpiresMicros = venue.Clock.NowMicros + LifeMicros;
        return entry.Key;
    });

    /// <summary>Gives a key another hour; false when there is no such key of the account.</summary>
    public bool KeepAlive(Account account, string key) => venue.Execute(_ =>
    {
        if (Find(key) is not { } entry || !ReferenceEquals(entry.Account, account))
        {
            return false;
        }

        entry.ExpiresMicros = venue.Clock.NowMicros + LifeMicros;
        return true;
    });

    /// <summary>Gives a key up; whoever listens by it hears no more.</summary>
    public bool Remove(Account account, string key)
    {
        var removes = venue.Execute(_ => Find(key) is { } entry && ReferenceEquals(entry.Account, account) && _byKey.Remove(key));
        if (removes)
        {
            OnRemoved?.Invoke(key);
        }

        return removes;
    }

    /// <summary>Whose key it is; null when it is unknown or has run out.</summary>
    public Account? AccountOf(string key) => venue.Execute(_ => Find(key)?.Account);

    /// <summary>Forgets and returns the keys that have run out. Inside the venue's lock.</summary>
    public List<string> TakeExpired(long nowMicros)
    {
        var expired = _byKey.Values.Where(e => e.ExpiresMicros <= nowMicros).Select(e => e.Key).ToList();
        expired.ForEach(key => _byKey.Remove(key));
        return expired;
    }

    private IEnumerable<Entry> Living => _byKey.Values.Where(e => e.ExpiresMicros > venue.Clock.NowMicros);

    private Entry? Find(string key) =>
        _byKey.TryGetValue(key, out var entry) && entry.ExpiresMicros > venue.Clock.NowMicros ? entry : null;

    private sealed record Entry(string Key, Account Account)
    {
        public long ExpiresMicros { get; set; }
    }
}
