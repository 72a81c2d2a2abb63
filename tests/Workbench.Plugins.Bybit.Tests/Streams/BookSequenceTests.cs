using Workbench.Plugins.Bybit.Streams;

namespace Workbench.Plugins.Bybit.Tests.Streams;

public sealed class BookSequenceTests
{
    private readonly BookSequence _sequence = new();

    [Fact]
    public void Changes_before_the_first_snapshot_are_ignored() => _sequence.Next(false, 5).ShouldBe(BookStep.Ignore);

    [Fact]
    public void Consecutive_changes_apply_and_a_repeated_one_is_ignored()
    {
        _sequence.Next(true, 10).ShouldBe(BookStep.Replace);
        _sequence.Next(false, 11).ShouldBe(BookStep.Apply);
        _sequence.Next(false, 11).ShouldBe(BookStep.Ignore);
        _sequence.Next(false, 12).ShouldBe(BookStep.Apply);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(9)]
    public void Skipped_or_falling_id_is_a_gap_and_nothing_applies_until_a_snapshot(long id)
    {
        _sequence.Next(true, 10);

        _sequence.Next(false, id).ShouldBe(BookStep.Gap);
        _sequence.Next(false, id + 1).ShouldBe(BookStep.Ignore);
        _sequence.Next(true, 40).ShouldBe(BookStep.Replace);
        _sequence.Next(false, 41).ShouldBe(BookStep.Apply);
    }

    [Fact]
    public void Snapshot_replaces_at_any_time_also_with_a_smaller_id()
    {
        _sequence.Next(true, 1000);
        _sequence.Next(true, 3).ShouldBe(BookStep.Replace);
        _sequence.Next(false, 4).ShouldBe(BookStep.Apply);
    }

    [Fact]
    public void Id_one_is_a_restart_whatever_the_message_calls_itself()
    {
        _sequence.Next(true, 1000);
        _sequence.Next(false, 1).ShouldBe(BookStep.Replace);
        _sequence.Next(false, 2).ShouldBe(BookStep.Apply);
    }
}
