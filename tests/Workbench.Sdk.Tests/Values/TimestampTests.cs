using Microsoft.Extensions.Time.Testing;

namespace Workbench.Sdk.Tests.Values;

public sealed class TimestampTests
{
    private static readonly Timestamp Moment = Timestamp.FromUnixMilliseconds(1_723_161_253_937);

    [Fact]
    public void Timestamp_is_written_with_milliseconds() => Moment.ToString().ShouldBe("2024-08-08T23:54:13.937Z");

    [Fact]
    public void Timestamp_is_the_same_in_every_unit()
    {
        Timestamp.FromUnixMicroseconds(1_723_161_253_937_000).ShouldBe(Moment);
        Timestamp.From(DateTimeOffset.FromUnixTimeMilliseconds(1_723_161_253_937)).ShouldBe(Moment);
        Timestamp.From(new DateTimeOffset(2024, 8, 9, 1, 54, 13, 937, TimeSpan.FromHours(2))).ShouldBe(Moment);
        (Moment.UnixMilliseconds, Moment.UnixNanoseconds).ShouldBe((1_723_161_253_937, 1_723_161_253_937_000_000));
        Moment.ToDateTimeOffset().ToUnixTimeMilliseconds().ShouldBe(1_723_161_253_937);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(999_999, 0)]
    [InlineData(1_000_000, 1)]
    [InlineData(-1, -1)]
    [InlineData(-1_000_000, -1)]
    [InlineData(-1_000_001, -2)]
    public void Timestamp_in_milliseconds_is_rounded_down(long nanoseconds, long milliseconds) => new Timestamp(nanoseconds).UnixMilliseconds.ShouldBe(milliseconds);

    [Fact]
    public void Timestamp_moves_and_is_told_apart_to_the_tick()
    {
        var later = Moment + TimeSpan.FromTicks(1);
        (later - Moment, Moment - later).ShouldBe((TimeSpan.FromTicks(1), TimeSpan.FromTicks(-1)));
        (Moment < later, Moment <= later, later > Moment, later >= Moment, Moment.CompareTo(later) < 0).ShouldBe((true, true, true, true, true));
        (Moment + TimeSpan.FromSeconds(-1)).ShouldBe(Timestamp.FromUnixMilliseconds(1_723_161_252_937));
    }

    [Fact]
    public void Timestamp_of_now_comes_from_the_clock()
    {
        var time = new FakeTimeProvider(Moment.ToDateTimeOffset());
        Timestamp.Now(time).ShouldBe(Moment);
        time.Advance(TimeSpan.FromMilliseconds(1.5));
        Timestamp.Now(time).ShouldBe(Moment + TimeSpan.FromMilliseconds(1.5));
    }

    [Fact]
    public void Timestamp_out_of_range_throws_and_does_not_wrap()
    {
        Should.Throw<OverflowException>(() => Timestamp.FromUnixMilliseconds(long.MaxValue));
        Should.Throw<OverflowException>(() => Timestamp.FromUnixMicroseconds(long.MinValue));
        Should.Throw<OverflowException>(() => Timestamp.From(DateTimeOffset.MaxValue));
        Should.Throw<OverflowException>(() => Moment + TimeSpan.MaxValue);
    }

    [Theory]
    [InlineData(7)]
    public void Timestamp_of_a_date_is_that_date(int seed)
    {
        var random = Seeds.New(seed);
        for (var i = 0; i < 5_000; i++)
        {
            var date = new DateTimeOffset(random.NextInt64(new DateTime(1700, 1, 1).Ticks, new DateTime(2262, 1, 1).Ticks), TimeSpan.Zero);
            Timestamp.From(date).ToDateTimeOffset().ShouldBe(date, $"seed {seed}");
        }
    }
}
