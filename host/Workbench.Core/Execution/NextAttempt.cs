using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>An intent whose last attempt is settled without effect, so that another one may be made: through the risk gate and the route as if it were new.</summary>
/// <param name="At">When the last one was settled.</param>
/// <param name="Id">The intent.</param>
/// <param name="AttemptId">The id of the new attempt; never used before.</param>
/// <param name="Request">What is left of the request.</param>
/// <param name="Origin">Who asked.</param>
/// <param name="Tried">Where it was sent already.</param>
public sealed record NextAttempt(Timestamp At, ClientOrderId Id, ClientOrderId AttemptId, OrderRequest Request, string Origin, IReadOnlyList<ConnectionId> Tried);
