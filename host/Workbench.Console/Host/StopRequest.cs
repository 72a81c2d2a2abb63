namespace Workbench.Tui.Host;

/// <summary>Asks the screen to end. Any thread asks; the screen looks at its next tick. Terminal.Gui's own Invoke may block its caller for as long as a dialog is open.</summary>
internal sealed class StopRequest(CancellationToken token)
{
    private volatile string? _reason;

    public bool IsRequested => _reason is not null || token.IsCancellationRequested;

    /// <summary>Asks to end.</summary>
    /// <returns>False when somebody had asked before.</returns>
    public bool Ask(string reason) => Interlocked.CompareExchange(ref _reason, reason, null) is null;
}
