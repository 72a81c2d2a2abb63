using System.Globalization;

namespace Workbench.EndToEnd.Tests.Kills;

/// <summary>kill -9 on the real process, with the venue in another one: what the venue knows and what the journal knows agree afterwards.</summary>
public sealed class KillTests(KillFixture fixture) : IClassFixture<KillFixture>
{
    [Fact]
    public async Task Random_kills_leave_no_orphan_no_duplicate_and_no_forgotten_fill()
    {
        var kills = Setting("WORKBENCH_KILLS", 40);
        var seed = Setting("WORKBENCH_KILL_SEED", 20260101);
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"{kills} kills, seed {seed} (WORKBENCH_KILLS, WORKBENCH_KILL_SEED)");
        await Task.WhenAll(Enumerable.Range(0, KillFixture.Loops).Select(async i =>
        {
            using var subject = new KillSubject(fixture.Venue($"loop{i}"));
            var loop = new KillLoop(subject, seed + i);
            await loop.RunAsync((kills + i) / KillFixture.Loops, TestContext.Current.CancellationToken);
            var report = await subject.ReportAsync();
            (await report.DifferencesAsync(subject.Venue)).ShouldBeEmpty($"seed {seed}, loop {i}");
            report.Fills.Count.ShouldBeGreaterThan(0, "nothing was traded, so nothing was shown");
            output.WriteLine($"loop {i}: {report.Orders.Count} orders, {report.Fills.Count} fills, {loop.DuringStart} lives ended while they started");
        }));
    }

    [Fact]
    public Task P01_Intent_that_only_memory_knew_is_gone_and_nothing_was_sent() => fixture.PointAsync("intent-made", orders: 0, venueHas: false);

    [Fact]
    public Task P02_Intent_that_the_limits_let_pass_and_nobody_wrote_down_is_gone() => fixture.PointAsync("risk-reserved", orders: 0, venueHas: false);

    [Fact]
    public Task P03_Record_that_was_not_yet_synced_is_unknown_or_gone_and_nothing_was_sent() => fixture.PointAsync("record-unsynced", orders: null, venueHas: false);

    [Fact]
    public Task P04_Synced_record_without_a_send_is_proven_never_to_have_lived() => fixture.PointAsync("record-synced", orders: 1, venueHas: false, toTheEnd: true);

    [Fact]
    public Task P05_Order_before_its_first_byte_is_unknown_and_not_sent_again() => fixture.PointAsync("before-first-byte", orders: 1, venueHas: false);

    [Fact]
    public Task P06_Order_after_half_its_bytes_is_unknown_and_not_sent_again() => fixture.PointAsync("half-sent", orders: 1, venueHas: false);

    [Fact]
    public Task P07_Order_after_its_last_byte_is_found_once() => fixture.PointAsync("order-sent", orders: 1, venueHas: true);

    [Fact]
    public Task P08_Order_that_the_venue_took_and_did_not_answer_is_found_once() => fixture.PointAsync("venue-accepted", orders: 1, venueHas: true);

    [Fact]
    public Task P09_Answer_on_the_wire_that_nobody_read_is_made_up_for() => fixture.PointAsync("ack-on-wire", orders: 1, venueHas: true);

    [Fact]
    public Task P10_Answer_that_was_read_and_not_written_down_is_made_up_for() => fixture.PointAsync("ack-read", orders: 1, venueHas: true);

    [Fact]
    public Task P11_Answer_that_was_written_down_is_kept() => fixture.PointAsync("ack-journaled", orders: 1, venueHas: true);

    [Fact]
    public Task P12_Fill_that_was_read_and_not_written_down_is_found_again() => fixture.PointAsync("fill-read", orders: 1, venueHas: true);

    [Fact]
    public Task P13_Fill_that_was_written_down_counts_once() => fixture.PointAsync("fill-journaled", orders: 1, venueHas: true);

    [Fact]
    public Task P14_Cancel_that_was_sent_and_not_answered_is_found_done() => fixture.PointAsync("cancel-sent", orders: 1, venueHas: true);

    [Fact]
    public Task P15_Two_kills_during_the_recovery_change_nothing_more() => fixture.PointAsync("recovery", orders: 1, venueHas: true);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
