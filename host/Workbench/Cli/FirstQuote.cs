using Workbench.Composition;

namespace Workbench.Cli;

/// <summary>Notices the first quote of a run.</summary>
internal sealed class FirstQuote : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly ITimer _timer;

    public FirstQuote(HostRuntime host, Action onFirst) => _timer = TimeProvider.System.CreateTimer(
        _ =>
        {
            if (host.Engine.HasQuote)
            {
                Dispose();
                onFirst();
            }
        },
        null,
        Interval,
        Interval);

    public void Dispose() => _timer.Dispose();
}
