using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>An order at a venue that is not in our journal: somebody else's, or one whose answer is still on its way.</summary>
/// <param name="Connection">Where it was seen.</param>
/// <param name="Report">The venue's last word about it.</param>
public sealed record ForeignOrder(ConnectionId Connection, OrderReport Report);
