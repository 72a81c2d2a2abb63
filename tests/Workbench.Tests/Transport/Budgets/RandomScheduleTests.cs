using Workbench.Sdk;
using Workbench.Transport.Budgets;

namespace Workbench.Tests.Transport.Budgets;

/// <summary>Random schedules on virtual time against a venue that counts what arrives, each request late by a time of its own.</summary>
public sealed class RandomScheduleTests : BudgetRig
{
    [Theory]
    [InlineData(RateWindowKind.Aligned, 60_000, 600, 2_000)]
    [InlineData(RateWindowKind.Aligned, 10_000, 50, 1_250)]
    [InlineData(RateWindowKind.Sliding, 1_000, 20, 100)]
    [InlineData(RateWindowKind.Sliding, 5_000, 600, 250)]
    [InlineData(RateWindowKind.Sliding, 300_000, 500, 250)]
    public void E03_Venue_never_sees_more_than_its_limit_in_any_window(RateWindowKind kind, int window, int most, int mostLate)
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            var venue = new VenueBudgets(Store, Time);
            ConnectionBudget[] connections = [.. Enumerable.Range(0, 3).Select(i => venue.For($"venue {seed}", $"key {i}", isRemembered: false))];
            foreach (var connection in connections)
            {
                connection.Declare(new RateLimit { Class = Weight, Most = most, Window = TimeSpan.FromMilliseconds(window), Kind = kind });
            }

            var arrivals = new List<(long At, int Weight)>();
            for (var i = 0; i < 4000; i++)
            {
                Time.Advance(TimeSpan.FromMilliseconds(random.Next(10) == 0 ? random.Next(window / 4) : random.Next(1 + (window / most))));
                var weight = 1 + random.Next(5);
                if (Take(connections[random.Next(3)], weight, (RequestLane)random.Next(4)) is null)
                {
                    arrivals.Add((Time.GetUtcNow().ToUnixTimeMilliseconds() + random.Next(mostLate), weight));
                }
            }

            var busiest = Busiest(kind, window, arrivals);
            busiest.ShouldBeLessThanOrEqualTo(most, $"seed {seed}");
            busiest.ShouldBeGreaterThan(most / 2, $"seed {seed}: the schedule must come near the limit to say something");
        }
    }

    [Fact]
    public void E03_Thousand_polling_reads_beside_cancels_starve_no_cancel()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var random = new Random(seed);
            var budget = Budget($"venue {seed}");
            budget.Declare(Aligned(Weight, 1200, Minute));
            int reads = 0, cancels = 0, orders = 0;
            for (var second = 0; second < 300; second++)
            {
                // A thousand readers poll each second, in random order with five cancels and ten orders among them.
                var steps = Enumerable.Repeat(RequestLane.Read, 1000).Concat(Enumerable.Repeat(RequestLane.Cancel, 5)).Concat(Enumerable.Repeat(RequestLane.Order, 10)).ToArray();
                random.Shuffle(steps);
                foreach (var lane in steps)
                {
                    var granted = Take(budget, 1, lane) is null;
                    reads += granted && lane == RequestLane.Read ? 1 : 0;
                    orders += granted && lane == RequestLane.Order ? 1 : 0;
                    cancels += granted && lane == RequestLane.Cancel ? 1 : 0;
                }

                Time.Advance(TimeSpan.FromSeconds(1));
            }

            cancels.ShouldBeGreaterThanOrEqualTo(5 * 180, $"seed {seed}: what is above the share of orders is theirs in every minute");
            reads.ShouldBeGreaterThanOrEqualTo(5 * 830, $"seed {seed}: reads have their share of every minute");
            orders.ShouldBeGreaterThanOrEqualTo(5 * 100, $"seed {seed}");
        }
    }

    [Fact]
    public void E03_Reserve_is_there_for_cancels_whatever_the_others_took()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var most = 20 + random.Next(2000);
            var budget = Budget($"venue {seed}");
            budget.Declare(seed % 2 == 0 ? Aligned(Weight, most, Minute) : Sliding(Weight, most, Minute));
            RequestLane[] others = [RequestLane.Read, RequestLane.Order, RequestLane.LookUp];
            for (var i = 0; i < 3000; i++)
            {
                Take(budget, 1 + random.Next(3), others[random.Next(3)]);
            }

            var reserve = most - LaneShares.CeilingOf(most, RequestLane.LookUp);
            Enumerable.Range(0, (int)reserve).Count(_ => Take(budget, 1, RequestLane.Cancel) is null).ShouldBe((int)reserve, $"seed {seed}");
        }
    }

    [Fact]
    public void E03_Whoever_waits_as_long_as_he_is_told_gets_through_beside_everybody_more_urgent()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            var budget = Budget($"venue {seed}");
            budget.Declare(seed % 2 == 0 ? Aligned(Weight, 100, TimeSpan.FromSeconds(10)) : Sliding(Weight, 100, TimeSpan.FromSeconds(10)));
            var rounds = 0;
            for (var served = 0; served < 20; rounds++)
            {
                rounds.ShouldBeLessThan(400, $"seed {seed}: a read starves");
                for (var i = random.Next(3); i > 0; i--)
                {
                    Take(budget, 1, RequestLane.Order);
                }

                var refusal = Take(budget, 30, RequestLane.Read);
                served += refusal is null ? 1 : 0;
                (refusal?.RetryAfter ?? TimeSpan.FromMilliseconds(1)).ShouldBeGreaterThan(TimeSpan.Zero);
                Time.Advance(refusal?.RetryAfter ?? TimeSpan.FromMilliseconds(1));
            }
        }
    }

    [Fact]
    public async Task E03_Threads_at_once_take_exactly_what_there_is()
    {
        var budget = Budget();
        budget.Declare(Aligned(Weight, 10_000, Minute, keepsReserve: false));
        budget.Declare(Aligned(Orders, 5_000, Minute, keepsReserve: false));
        RateCost[] both = [new(Weight, 1), new(Orders, 1)];
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 3000).Count(i => budget.Take(both, (RequestLane)(i % 4)) is null))));
        taken.Sum().ShouldBe(5_000);
        budget.Snapshot().Select(u => u.Used).ShouldBe([5_000, 5_000]);
    }

    private static int Busiest(RateWindowKind kind, int window, List<(long At, int Weight)> arrivals)
    {
        if (kind == RateWindowKind.Aligned)
        {
            return arrivals.GroupBy(a => a.At / window).Max(g => g.Sum(a => a.Weight));
        }

        arrivals.Sort((a, b) => a.At.CompareTo(b.At));
        var (busiest, sum, from) = (0, 0, 0);
        foreach (var (at, weight) in arrivals)
        {
            sum += weight;
            while (arrivals[from].At <= at - window)
            {
                sum -= arrivals[from++].Weight;
            }

            busiest = Math.Max(busiest, sum);
        }

        return busiest;
    }
}
