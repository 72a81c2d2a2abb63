using Workbench.Sdk;

namespace Workbench.Core.Health;

/// <summary>Why something is down, and since when.</summary>
/// <param name="Since">When it began.</param>
/// <param name="Why">What was seen, for a person.</param>
/// <param name="Error">The failure behind it, where there was one.</param>
/// <param name="Next">How long until it is tried again; null when that is not known.</param>
internal sealed record Trouble(Timestamp Since, string Why, VenueError? Error = null, TimeSpan? Next = null)
{
    /// <summary>The same trouble goes on, seen anew: it keeps the moment it began.</summary>
    public static Trouble After(Trouble? before, Timestamp now, string why, VenueError? error = null, TimeSpan? next = null) => new(before?.Since ?? now, why, error, next);
}
