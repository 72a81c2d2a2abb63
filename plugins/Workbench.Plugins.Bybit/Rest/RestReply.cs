using Workbench.Plugins.Bybit.Errors;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Rest;

/// <summary>The end of one request: the venue's result, or why there is none.</summary>
/// <param name="Result">The result as JSON text.</param>
/// <param name="VenueTime">When the venue answered.</param>
/// <param name="ReceivedAt">When the answer was complete.</param>
/// <param name="Failure">Null when the venue said yes.</param>
internal readonly record struct RestReply(ReadOnlyMemory<byte> Result, Timestamp? VenueTime, Timestamp ReceivedAt, Failure? Failure);
