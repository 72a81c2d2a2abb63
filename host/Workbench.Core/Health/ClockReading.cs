namespace Workbench.Core.Health;

/// <summary>Between what bounds the venue's clock is ahead of this host's: an answer is never older than the question nor newer than its receipt.</summary>
/// <param name="Low">At least so far ahead; negative when behind.</param>
/// <param name="High">At most so far ahead.</param>
public readonly record struct ClockReading(TimeSpan Low, TimeSpan High);
