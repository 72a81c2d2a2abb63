using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Core.Resilience;
using Workbench.Sdk;
using Workbench.Transport;
using Workbench.Transport.Budgets;

namespace Workbench.Tests.Transport.Budgets;

public sealed class ConnectBudgetTests : BudgetRig
{
    private const int Most = 300;
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(RateWindowKind.Aligned)]
    [InlineData(RateWindowKind.Sliding)]
    public void N24_Fifty_connectors_dropped_again_and_again_stay_below_the_venues_limit_and_all_come_back(RateWindowKind kind)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var address = $"venue {seed} {kind}";
            var limit = Aligned(RateClass.Connects, Most, FiveMinutes) with { Kind = kind };
            Client[] clients = [.. Enumerable.Range(0, 50).Select(i => new Client(Budget(address, $"key {i}"), new Backoff(new ResilienceSettings { Jitter = 0.1m }, new Random(seed * 100 + i))))];
            Array.ForEach(clients, c => c.Budget.Declare(limit));
            var connects = new List<long>();
            var drops = 0;
            for (var step = 0; step < 36_000; step++)
            {
                // Dropped all at once every twenty seconds for ten minutes: 1,500 connects are wanted where 600 are allowed.
                if (step % 200 == 0 && ++drops <= 30)
                {
                    Array.ForEach(clients, c => c.Drop(Time.GetUtcNow()));
                }

                foreach (var client in clients)
                {
                    if (client.Step(Time.GetUtcNow()))
                    {
                        connects.Add(Time.GetUtcNow().ToUnixTimeMilliseconds());
                    }
                }

                Time.Advance(TimeSpan.FromMilliseconds(100));
            }

            clients.ShouldAllBe(c => c.IsConnected);
            BusiestWindow(connects, kind).ShouldBeLessThanOrEqualTo(Most, $"seed {seed}");
            connects.Count.ShouldBeGreaterThan(Most, $"seed {seed}: the drops must press against the limit");
        }
    }

    [Fact]
    public void N24_Connectors_that_were_told_the_same_moment_do_not_all_come_in_it()
    {
        var told = new VenueError(VenueErrorKind.RateLimited, "used up", RetryAfter: TimeSpan.FromMinutes(2));
        var waits = Enumerable.Range(0, 50).Select(i => new Backoff(new ResilienceSettings { Jitter = 0.1m }, new Random(i)).AfterConnect(0, told)).ToArray();
        waits.ShouldAllBe(w => w >= TimeSpan.FromMinutes(2) && w <= TimeSpan.FromSeconds(121));
        waits.Distinct().Count().ShouldBeGreaterThan(40);
        new Backoff(new ResilienceSettings { Jitter = 0 }, new Random(1)).AfterConnect(0, told).ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task N24_Http_connects_draw_on_the_same_budget_and_cancels_keep_a_share_of_it()
    {
        var budget = Budget();
        budget.Declare(Aligned(RateClass.Connects, 10, FiveMinutes));
        var reads = 0;
        for (; await TryConnectAsync(budget, RequestLane.Read); reads++)
        {
        }

        reads.ShouldBe(7);
        budget.TakeSocket().ShouldBeNull();
        budget.TakeSocket()!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(55));
        (await TryConnectAsync(budget, RequestLane.Order)).ShouldBeFalse();
        (await TryConnectAsync(budget, RequestLane.Cancel)).ShouldBeTrue();
        (await TryConnectAsync(budget, RequestLane.Cancel)).ShouldBeTrue();
        (await TryConnectAsync(budget, RequestLane.Cancel)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(RateWindowKind.Aligned)]
    [InlineData(RateWindowKind.Sliding)]
    public async Task N24_Connect_that_never_came_about_is_put_back(RateWindowKind kind)
    {
        var budget = Budget();
        budget.Declare(Aligned(RateClass.Connects, 10, FiveMinutes) with { Kind = kind });
        for (var i = 0; i < 100; i++)
        {
            await Should.ThrowAsync<HttpRequestException>(async () => await budget.ConnectAsync<int>(RequestLane.Read, static _ => throw new HttpRequestException("refused"), CancellationToken.None));
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        budget.Snapshot().Single().Used.ShouldBe(0);
    }

    [Fact]
    public async Task N24_Request_without_a_connect_left_is_not_sent_and_says_when()
    {
        var budget = Budget();
        budget.Declare(Aligned(RateClass.Connects, 1, FiveMinutes, keepsReserve: false));
        await using var server = new RawServer(static async c =>
        {
            await c.ReadRequestAsync();
            await c.AnswerAsync("{}", headers: "Connection: close\r\n");
        });
        var pool = new HttpPools(new VenueNetwork(Time)).Rent(new HttpPoolKey("venue", PoolRole.Primary), HttpPoolOptions.Of(PoolRole.Primary), budget);
        using var transport = new HttpTransport(pool, new HttpTransportOptions(), budget, Time, NullLogger.Instance);
        var call = new HttpCall { Method = HttpMethod.Get, Address = server.Address(), Lane = RequestLane.Read };

        (await transport.SendAsync(call, TestContext.Current.CancellationToken)).Status.ShouldBe((int)HttpStatusCode.OK);
        var refused = await transport.SendAsync(call, TestContext.Current.CancellationToken);

        (refused.Kind, refused.Error!.Kind, refused.Error.RetryAfter).ShouldBe((HttpReplyKind.NotSent, VenueErrorKind.RateLimited, TimeSpan.FromSeconds(55)));
        server.Requests.Count.ShouldBe(1);
    }

    private static async Task<bool> TryConnectAsync(ConnectionBudget budget, RequestLane lane)
    {
        try
        {
            return await budget.ConnectAsync(lane, static _ => ValueTask.FromResult(true), CancellationToken.None);
        }
        catch (ConnectRefusedException e)
        {
            e.Error.Kind.ShouldBe(VenueErrorKind.RateLimited);
            return false;
        }
    }

    private static int BusiestWindow(List<long> connects, RateWindowKind kind)
    {
        var window = (long)FiveMinutes.TotalMilliseconds;
        return kind == RateWindowKind.Aligned
            ? connects.GroupBy(at => at / window).Max(g => g.Count())
            : connects.Select((at, i) => i - connects.FindIndex(c => c > at - window) + 1).Max();
    }

    /// <summary>A stream that connects again after every end, as the loops of a connection do.</summary>
    private sealed class Client(ConnectionBudget budget, Backoff backoff)
    {
        private DateTimeOffset? _next;
        private int _attempt;

        public ConnectionBudget Budget => budget;

        public bool IsConnected { get; private set; }

        public void Drop(DateTimeOffset now)
        {
            if (IsConnected || _next is null)
            {
                (IsConnected, _attempt, _next) = (false, 1, now + backoff.AfterConnect(0, null));
            }
        }

        /// <returns>True when it has connected just now.</returns>
        public bool Step(DateTimeOffset now)
        {
            if (_next is not { } next || now < next)
            {
                return false;
            }

            if (budget.TakeSocket() is { } refusal)
            {
                _next = now + backoff.AfterConnect(_attempt++, refusal);
                return false;
            }

            (IsConnected, _next) = (true, DateTimeOffset.MaxValue);
            return true;
        }
    }
}
