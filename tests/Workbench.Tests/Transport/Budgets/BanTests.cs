using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;
using Workbench.Storage;
using Workbench.Transport.Budgets;

namespace Workbench.Tests.Transport.Budgets;

public sealed class BanTests : BudgetRig, IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("wb-bans-").FullName;

    private string File => BanFile.PathIn(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void E02_Ban_stops_everything_cancels_and_connects_too_until_it_is_over()
    {
        var (budget, other) = (Budget(), Budget(key: null));
        budget.BanFor(RateScope.Address, TimeSpan.FromMinutes(2));

        foreach (var lane in Enum.GetValues<RequestLane>())
        {
            var refusal = Take(other, 1, lane)!;
            (refusal.Kind, refusal.Message, refusal.RetryAfter).ShouldBe((VenueErrorKind.Banned, "BANNED until 03:06:06 UTC", TimeSpan.FromSeconds(121)));
        }

        other.TakeSocket()!.Kind.ShouldBe(VenueErrorKind.Banned);
        other.Stop!.Message.ShouldBe("BANNED until 03:06:06 UTC");
        Time.Advance(TimeSpan.FromSeconds(120));
        Take(budget, 1, RequestLane.Cancel).ShouldNotBeNull();
        Time.Advance(TimeSpan.FromSeconds(1));
        Take(budget, 1, RequestLane.Read).ShouldBeNull();
    }

    [Fact]
    public void E02_Answers_that_say_the_same_ban_again_are_written_once_and_a_longer_one_again()
    {
        var store = new CountingStore();
        var budget = new VenueBudgets(store, Time).For("venue", null, isRemembered: true);
        for (var i = 0; i < 50; i++)
        {
            budget.BanFor(RateScope.Address, TimeSpan.FromSeconds(120));
            Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        store.Written.Count.ShouldBe(1);
        budget.BanFor(RateScope.Address, TimeSpan.FromSeconds(240));
        store.Written.Count.ShouldBe(2);
        budget.BanFor(RateScope.Address, TimeSpan.FromDays(400));
        (store.Written[^1].Until - store.Written[^1].Since).ShouldBe(TimeSpan.FromDays(3) + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void E02_Ban_of_a_venue_that_ends_with_the_process_is_not_written()
    {
        var store = new CountingStore();
        var budget = new VenueBudgets(store, Time).For("venue", null, isRemembered: false);
        budget.BanFor(RateScope.Address, TimeSpan.FromMinutes(1));
        store.Written.ShouldBeEmpty();
        Take(budget, 1, RequestLane.Cancel).ShouldNotBeNull();
    }

    [Fact]
    public void E02_Ban_survives_a_restart_for_its_address_and_only_there()
    {
        Start(Noon).Ban(TimeSpan.FromMinutes(10));

        var (after, budgets) = Start(Noon.AddMinutes(3));

        Take(budgets.For("venue", "another key", isRemembered: true), 1, RequestLane.Cancel)!.Message.ShouldBe("BANNED until 12:10:01 UTC");
        Take(budgets.For("venue 2", "key", isRemembered: true), 1, RequestLane.Read).ShouldBeNull();
        after.Advance(TimeSpan.FromMinutes(7) + TimeSpan.FromSeconds(1));
        Take(budgets.For("venue", "key", isRemembered: true), 1, RequestLane.Read).ShouldBeNull();
        Start(Noon.AddMinutes(11)).Refusal.ShouldBeNull();
    }

    [Fact]
    public void E02_Ban_of_a_key_stops_that_key_after_a_restart_and_its_name_is_not_in_the_file()
    {
        Start(Noon).Budgets.For("venue", "secret-looking-key", isRemembered: true).BanFor(RateScope.Key, TimeSpan.FromMinutes(10));

        var again = Start(Noon.AddMinutes(1)).Budgets;

        Take(again.For("venue", "secret-looking-key", isRemembered: true), 1, RequestLane.Cancel, Orders)!.Kind.ShouldBe(VenueErrorKind.Banned);
        Take(again.For("venue", "key", isRemembered: true), 1, RequestLane.Cancel, Orders).ShouldBeNull();
        System.IO.File.ReadAllText(File).ShouldNotContain("secret-looking-key");
    }

    [Fact]
    public void E02_Clock_that_was_set_back_lengthens_a_ban_by_no_more_than_itself_however_often_the_host_restarts()
    {
        Start(Noon).Ban(TimeSpan.FromMinutes(10));

        Start(Noon.AddYears(-1)).Refusal!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(601));
        Start(Noon.AddYears(-1).AddMinutes(4)).Refusal!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(361));
        Start(Noon.AddYears(-1).AddMinutes(11)).Refusal.ShouldBeNull();
    }

    [Fact]
    public void E02_Clock_that_is_set_while_the_host_runs_neither_lengthens_a_ban_nor_ends_it()
    {
        var time = new SetClock(new FakeTimeProvider(Noon));
        var budget = new VenueBudgets(Store, time).For("venue", null, isRemembered: true);
        budget.BanFor(RateScope.Address, TimeSpan.FromMinutes(10));

        time.SetBy = TimeSpan.FromDays(1);
        Take(budget, 1, RequestLane.Read)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(601));
        time.SetBy = TimeSpan.FromDays(-1);
        time.Inner.Advance(TimeSpan.FromSeconds(601));
        Take(budget, 1, RequestLane.Read).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{\"scope\":\"venue\"}")]
    [InlineData("\0\0\0\0")]
    public void E02_Damaged_file_is_set_aside_and_the_next_ban_is_written(string text)
    {
        System.IO.File.WriteAllText(File, text);

        var (_, budgets) = Start(Noon);
        Take(budgets.For("venue", null, isRemembered: true), 1, RequestLane.Read).ShouldBeNull();

        System.IO.File.Exists(File + ".damaged").ShouldBeTrue();
        budgets.For("venue", null, isRemembered: true).BanFor(RateScope.Address, TimeSpan.FromMinutes(10));
        Start(Noon).Refusal!.Kind.ShouldBe(VenueErrorKind.Banned);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[null,{},{\"scope\":\"venue\",\"since\":\"2026-01-02T13:00:00Z\",\"until\":\"2026-01-02T12:00:00Z\"}]")]
    public void E02_File_with_nothing_usable_bans_nobody(string text)
    {
        System.IO.File.WriteAllText(File, text);
        Start(Noon).Refusal.ShouldBeNull();
    }

    [Fact]
    public void E02_File_is_whole_after_every_write_and_ended_bans_leave_it()
    {
        var store = new BanFile(File, new FakeTimeProvider(Noon), NullLogger.Instance);
        for (var i = 0; i < 20; i++)
        {
            store.Remember(new BanRecord($"venue {i}", Noon, Noon.AddMinutes(i == 3 ? 0 : 5)));
            store.ReadBans().Count.ShouldBe(i < 4 ? i + 1 : i);
        }

        System.IO.File.Exists(File + ".new").ShouldBeFalse();
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void E02_Ban_that_cannot_be_written_still_holds_in_this_process()
    {
        var store = new BanFile(Path.Combine(File, "not", "a", "folder"), Time, NullLogger.Instance);
        System.IO.File.WriteAllText(File, "[]");
        var budget = new VenueBudgets(store, Time).For("venue", null, isRemembered: true);
        budget.BanFor(RateScope.Address, TimeSpan.FromMinutes(1));
        Take(budget, 1, RequestLane.Read)!.Kind.ShouldBe(VenueErrorKind.Banned);
    }

    private Started Start(DateTimeOffset at)
    {
        var time = new FakeTimeProvider(at);
        return new Started(time, new VenueBudgets(new BanFile(File, time, NullLogger.Instance), time));
    }

    private sealed record Started(FakeTimeProvider Time, VenueBudgets Budgets)
    {
        public VenueError? Refusal => Take(Budgets.For("venue", null, isRemembered: true), 1, RequestLane.Cancel);

        public void Ban(TimeSpan duration) => Budgets.For("venue", null, isRemembered: true).BanFor(RateScope.Address, duration);
    }

    /// <summary>A wall clock that somebody sets; time itself goes on as it does.</summary>
    private sealed class SetClock(FakeTimeProvider inner) : TimeProvider
    {
        public FakeTimeProvider Inner => inner;

        public TimeSpan SetBy { get; set; }

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + SetBy;

        public override long GetTimestamp() => inner.GetTimestamp();
    }

    private sealed class CountingStore : IBudgetStore
    {
        public List<BanRecord> Written { get; } = [];

        public IReadOnlyList<BanRecord> ReadBans() => [];

        public void Remember(BanRecord ban) => Written.Add(ban);
    }
}
