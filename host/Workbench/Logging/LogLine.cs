using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Logging;

/// <summary>One line of the log as a person reads it.</summary>
/// <param name="At">When.</param>
/// <param name="Level">How grave.</param>
/// <param name="Source">The category, such as <c>connector.binance</c>.</param>
/// <param name="Event">The event's name, such as <c>failover</c>; null for a line without one.</param>
/// <param name="Text">What happened, on one line and without control characters.</param>
internal sealed record LogLine(Timestamp At, LogLevel Level, string Source, string? Event, string Text);
