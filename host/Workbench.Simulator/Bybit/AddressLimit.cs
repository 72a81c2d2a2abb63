using System.Net;

namespace Workbench.Simulator.Bybit;

/// <summary>600 requests in 5 seconds from one address; more and the address is banned for a while.</summary>
internal sealed class AddressLimit(TimeProvider time)
{
    private const int MaxRequests = 600;
    private const long WindowMillis = 5000;
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Address> _addresses = [];

    public static byte[] Page { get; } =
        "<html><head><title>403 Forbidden</title></head><body>access too frequent, please try again later</body></html>"u8.ToArray();

    public bool IsEnforced { get; set; } = true;

    /// <summary>The live venue lifts a ban after ten minutes at the earliest.</summary>
    public TimeSpan Ban { get; set; } = TimeSpan.FromMinutes(10);

    public bool Admit(IPAddress? from)
    {
        if (!IsEnforced || from is null)
        {
            return true;
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (!_addresses.TryGetValue(from, out var address))
            {
                _addresses[from] = address = new Address();
            }

            return address.Admit(now, (long)Ban.TotalMilliseconds);
        }
    }

    private sealed class Address
    {
        private readonly Queue<long> _requests = new();
        private long _bannedUntil;

        public bool Admit(long now, long banMillis)
        {
            if (now < _bannedUntil)
            {
                return false;
            }

            while (_requests.TryPeek(out var first) && first <= now - WindowMillis)
            {
                _requests.Dequeue();
            }

            if (_requests.Count >= MaxRequests)
            {
                _requests.Clear();
                _bannedUntil = now + banMillis;
                return false;
            }

            _requests.Enqueue(now);
            return true;
        }
    }
}
