using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>How one lane of a venue's HTTP pool is used. Connections of the configuration that go to the same venue in the same role share it.</summary>
/// <param name="Lane">Which.</param>
/// <param name="Limit">How many requests it carries at once; each has a connection of its own.</param>
/// <param name="Open">Connections that are open, in use or resting.</param>
/// <param name="InFlight">Requests that have a turn.</param>
/// <param name="Queued">Requests that wait for one.</param>
public sealed record HttpLaneUse(RequestLane Lane, int Limit, int Open, int InFlight, int Queued);
