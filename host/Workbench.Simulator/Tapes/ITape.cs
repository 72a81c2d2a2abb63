namespace Workbench.Simulator.Tapes;

/// <summary>A recording that is being played.</summary>
public interface ITape
{
    /// <summary>Ends when the last record was delivered, or when the venue is disposed.</summary>
    Task Completion { get; }

    /// <summary>Records played so far.</summary>
    long Played { get; }
}
