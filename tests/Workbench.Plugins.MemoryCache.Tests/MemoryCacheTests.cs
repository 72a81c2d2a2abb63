using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;

namespace Workbench.Plugins.MemoryCache.Tests;

public sealed class MemoryCacheTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Entry_that_was_set_is_read_with_its_times()
    {
        await using var cache = Create(4);
        (await Set(cache, "a", "1", Minute)).ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(10));

        var entry = (await cache.GetAsync("a", None)).Value.ShouldNotBeNull();

        Encoding.UTF8.GetString(entry.Value.Span).ShouldBe("1");
        (Timestamp.Now(_time) - entry.StoredAt).ShouldBe(TimeSpan.FromSeconds(10));
        (entry.ExpiresAt - entry.StoredAt).ShouldBe(Minute);
    }

    [Fact]
    public async Task Value_changed_by_the_caller_after_the_call_stays_as_it_was()
    {
        await using var cache = Create(4);
        var bytes = "before"u8.ToArray();
        await cache.SetAsync("a", bytes, Minute, None);
        bytes[0] = (byte)'X';

        (await Read(cache, "a")).ShouldBe("before");
    }

    [Fact]
    public async Task Entry_is_gone_exactly_at_its_deadline_and_not_before()
    {
        await using var cache = Create(4);
        await Set(cache, "a", "1", Minute);
        _time.Advance(Minute - TimeSpan.FromMilliseconds(1));
        (await Read(cache, "a")).ShouldBe("1");
        _time.Advance(TimeSpan.FromMilliseconds(1));

        (await Read(cache, "a")).ShouldBeNull();
        cache.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Second_write_replaces_value_and_deadline_without_evicting_anything()
    {
        await using var cache = Create(2);
        await Set(cache, "a", "1", TimeSpan.FromSeconds(1));
        await Set(cache, "b", "1", Minute);
        await Set(cache, "a", "2", Minute);
        _time.Advance(TimeSpan.FromSeconds(30));

        (await Read(cache, "a")).ShouldBe("2");
        (await Read(cache, "b")).ShouldBe("1");
    }

    [Fact]
    public async Task Full_cache_drops_expired_entries_before_used_ones()
    {
        await using var cache = Create(2);
        await Set(cache, "old-but-alive", "1", Minute);
        await Set(cache, "short", "1", TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(2));
        await Set(cache, "new", "1", Minute);

        (await Read(cache, "old-but-alive")).ShouldBe("1");
        (await Read(cache, "new")).ShouldBe("1");
        (await Read(cache, "short")).ShouldBeNull();
    }

    [Fact]
    public async Task Full_cache_without_expired_entries_drops_the_least_recently_used()
    {
        await using var cache = Create(3);
        await Set(cache, "a", "1", Minute);
        await Set(cache, "b", "1", Minute);
        await Set(cache, "c", "1", Minute);
        await Read(cache, "a");
        await Set(cache, "d", "1", Minute);

        (await Read(cache, "b")).ShouldBeNull();
        (await Read(cache, "a")).ShouldBe("1");
        cache.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Jump_of_the_wall_clock_does_not_end_entries()
    {
        var clock = new JumpingClock();
        await using var cache = new MemoryCache(Context(4) with { Time = clock });
        await Set(cache, "a", "1", Minute);
        clock.WallClockJump = TimeSpan.FromDays(1);

        (await Read(cache, "a")).ShouldBe("1");
    }

    [Fact]
    public async Task Longest_time_to_live_does_not_overflow()
    {
        await using var cache = Create(1);
        (await Set(cache, "a", "1", TimeSpan.MaxValue)).ShouldBeNull();
        _time.Advance(TimeSpan.FromDays(3650));

        (await Read(cache, "a")).ShouldBe("1");
    }

    [Fact]
    public async Task Bad_arguments_are_error_values()
    {
        await using var cache = Create(1);

        (await Set(cache, "", "1", Minute))!.Kind.ShouldBe(VenueErrorKind.InvalidRequest);
        (await Set(cache, new string('k', 513), "1", Minute))!.Kind.ShouldBe(VenueErrorKind.InvalidRequest);
        (await Set(cache, new string('k', 512), "1", Minute)).ShouldBeNull();
        (await Set(cache, "a", "1", TimeSpan.Zero))!.Kind.ShouldBe(VenueErrorKind.InvalidRequest);
        (await cache.GetAsync("", None)).Error!.Kind.ShouldBe(VenueErrorKind.InvalidRequest);
        (await cache.GetAsync("a", new CancellationToken(true))).Error!.Kind.ShouldBe(VenueErrorKind.Cancelled);
    }

    [Fact]
    public async Task Removed_and_missing_entries_read_as_nothing_and_a_closed_cache_says_so()
    {
        var cache = Create(1);
        await Set(cache, "a", "1", Minute);
        (await cache.RemoveAsync("a", None)).ShouldBeNull();
        (await cache.RemoveAsync("a", None)).ShouldBeNull();
        (await Read(cache, "a")).ShouldBeNull();
        await cache.DisposeAsync();

        (await cache.GetAsync("a", None)).Error!.Kind.ShouldBe(VenueErrorKind.Unavailable);
    }

    [Fact]
    public async Task Many_threads_never_exceed_the_bound_and_never_read_a_foreign_value()
    {
        await using var cache = Create(50);
        await Parallel.ForAsync(0, 8, async (worker, _) =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 5_000; i++)
            {
                var key = $"k{random.Next(200)}";
                await Set(cache, key, key, TimeSpan.FromSeconds(random.Next(1, 100)));
                (await Read(cache, key) ?? key).ShouldBe(key);
                cache.Count.ShouldBeLessThanOrEqualTo(50);
                if (i % 100 == 0)
                {
                    await cache.RemoveAsync(key, None);
                    _time.Advance(TimeSpan.FromSeconds(1));
                }
            }
        });
    }

    [Fact]
    public void Plugin_offers_exactly_one_cache()
    {
        var registry = new Registry();
        new MemoryCachePlugin().Register(registry);

        registry.Caches.ShouldHaveSingleItem()(Context(1)).ShouldBeOfType<MemoryCache>();
    }

    private static async Task<VenueError?> Set(MemoryCache cache, string key, string value, TimeSpan timeToLive) =>
        await cache.SetAsync(key, Encoding.UTF8.GetBytes(value), timeToLive, None);

    private static async Task<string?> Read(MemoryCache cache, string key) =>
        (await cache.GetAsync(key, None)).Value is { } entry ? Encoding.UTF8.GetString(entry.Value.Span) : null;

    private MemoryCache Create(int maxEntries) => new(Context(maxEntries));

    private CacheContext Context(int maxEntries) => new()
    {
        MaxEntries = maxEntries,
        Settings = new Dictionary<string, string>(),
        Time = _time,
        Logger = NullLogger.Instance,
    };

    private sealed class JumpingClock : TimeProvider
    {
        public TimeSpan WallClockJump { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + WallClockJump;

        public override long GetTimestamp() => 0;
    }

    private sealed class Registry : IPluginRegistry
    {
        public List<Func<CacheContext, ICache>> Caches { get; } = [];

        public void AddCache(Func<CacheContext, ICache> factory) => Caches.Add(factory);

        public void AddConnector(Func<ConnectorContext, IConnector> factory) => throw new InvalidOperationException("Not a connector.");

        public void AddStrategy(string name, Func<Strategy> factory) => throw new InvalidOperationException("Not a strategy.");
    }
}
