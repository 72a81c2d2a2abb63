namespace Workbench.Control;

/// <summary>What the control socket bears: nothing that a caller does can hold the host up or fill its memory.</summary>
internal sealed record ControlLimits
{
    /// <summary>The longest request line, in bytes.</summary>
    public int RequestBytes { get; init; } = 64 * 1024;

    /// <summary>The longest reply line, in bytes.</summary>
    public int ReplyBytes { get; init; } = 256 * 1024;

    /// <summary>How many reply lines one request may have.</summary>
    public int ReplyLines { get; init; } = 100_000;

    /// <summary>How many callers are served at once.</summary>
    public int Callers { get; init; } = 8;

    /// <summary>How many more are served when they ask for something urgent, such as the kill switch.</summary>
    public int UrgentCallers { get; init; } = 4;

    /// <summary>How long a caller may take to send its line, or to take a line of ours.</summary>
    public TimeSpan Transfer { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a command may run.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromSeconds(60);
}
