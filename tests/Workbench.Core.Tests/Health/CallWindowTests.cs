using Microsoft.Extensions.Time.Testing;
using Workbench.Core.Health;

namespace Workbench.Core.Tests.Health;

public sealed class CallWindowTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CallWindow _window;

    public CallWindowTests() => _window = new CallWindow(_time);

    [Fact]
    public void Window_without_calls_knows_nothing()
    {
        var figures = _window.Read();
        (figures.Count, figures.ErrorRate, figures.P50, figures.Baseline).ShouldBe((0, null, null, null));
    }

    [Fact]
    public void Only_what_speaks_about_the_venue_counts()
    {
        Add(CallVerdict.Answered, 10);
        Add(CallVerdict.Answered, 10);
        Add(CallVerdict.Answered, 10);
        Add(CallVerdict.VenueFault, 5000);
        Add(CallVerdict.OurFault, 1);
        Add(CallVerdict.OurFault, 1);
        Add(CallVerdict.Nothing, 1);
        var figures = _window.Read();
        (figures.Count, figures.Failed, figures.Ours, figures.ErrorRate).ShouldBe((4, 1, 2, 0.25));
        ShouldBeNear(figures.P99, 10, "a call without an answer has no latency");
    }

    [Fact]
    public void Calls_are_forgotten_after_50_to_60_seconds()
    {
        Add(CallVerdict.VenueFault, 1);
        Pass(49);
        _window.Read().Failed.ShouldBe(1);
        Pass(11);
        _window.Read().Count.ShouldBe(0);
    }

    [Fact]
    public void Calls_before_a_long_pause_are_forgotten_at_once()
    {
        Add(CallVerdict.VenueFault, 1);
        Pass(3600);
        Add(CallVerdict.Answered, 1);
        (_window.Read().Count, _window.Read().Failed).ShouldBe((1, 0));
    }

    [Fact]
    public void Baseline_falls_quickly_and_rises_slowly()
    {
        Slice(100);
        ShouldBeNear(_window.Read().Baseline, 100);
        Slice(20);
        ShouldBeNear(_window.Read().Baseline, 80);
        for (var i = 0; i < 60; i++)
        {
            Slice(20);
        }

        ShouldBeNear(_window.Read().Baseline, 20);
        Slice(2000);
        ShouldBeNear(_window.Read().Baseline, 51, "one slow spell is not the new normal");
    }

    [Fact]
    public void Sample_allocates_nothing()
    {
        Add(CallVerdict.Answered, 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Add(CallVerdict.Answered, i);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void ShouldBeNear(TimeSpan? actual, double milliseconds, string? because = null) =>
        actual!.Value.TotalMilliseconds.ShouldBe(milliseconds, (milliseconds * 0.04) + 0.5, because);

    private void Slice(int milliseconds)
    {
        for (var i = 0; i < 10; i++)
        {
            Add(CallVerdict.Answered, milliseconds);
        }

        Pass(10);
    }

    private void Add(CallVerdict verdict, int milliseconds) => _window.Add(verdict, TimeSpan.FromMilliseconds(milliseconds));

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
