using System.Net;

namespace Workbench.Simulator.Bybit;

/// <summary>600 requests in 5 seconds and 500 connects in 5 minutes from one address; too many requests ban it for a while.</summary>
internal sealed class AddressLimit(TimeProvider time, BybitOptions options)
{
    private const long WindowMillis = 5000;
    private const long ConnectWindowMillis = 300_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Address> _addresses = [];

    public static byte[] Page { get; } =
        "<html><head><title>403 Forbidden</title></head><body>access too frequent, please try again later</body></html>"u8.ToArray();

    public bool IsEnforced { get; set; } = true;

    /// <summary>A REST request.</summary>
    public bool Admit(IPAddress? from) =>
        !IsEnforced || from is null || With(from, (address, now) => address.Admit(now, options));

    /// <summary>A new WebSocket.</summary>
    public bool AdmitConnect(IPAddress? from) =>
        !IsEnforced || from is null || With(from, (address, now) => address.AdmitConnect(now, options.MaxConnectionsPerFiveMinutes));

    private bool With(IPAddress from, Func<Address, long, bool> admit)
    {

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (!_addresses.TryGetValue(from, out var address))
            {
                _addresses[from] = address = new Address();
            }

            return admit(address, now);
        }
    }

    private sealed class Address
    {
        private readonly Queue<long> _requests = new();
        private readonly Queue<long> _connects = new();
        private long _bannedUntil;

        public bool Admit(long now, BybitOptions options)
        {
            if (now < _bannedUntil)
            {
                return false;
            }

            if (Take(_requests, now, WindowMillis, options.MaxRequestsPerFiveSeconds))
            {
                return true;
            }

            _requests.Clear();
            _bannedUntil = now + (long)options.AddressBan.TotalMilliseconds;
            return false;
        }

        public bool AdmitConnect(long now, int most) => now >= _bannedUntil && Take(_connects, now, ConnectWindowMillis, most);

        private static bool Take(Queue<long> times, long now, long window, int most)
        {
            while (times.TryPeek(out var first) && first <= now - window)
            {
                times.Dequeue();
            }

            if (times.Count >= most)
            {
                return false;
            }

            times.Enqueue(now);
            return true;
        }
    }
}
