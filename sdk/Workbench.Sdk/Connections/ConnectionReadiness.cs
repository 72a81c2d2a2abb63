namespace Workbench.Sdk;

/// <summary>Whether orders could move to a connection, found out ahead of need: key, rights, clock, instruments, mapping, balances, streams.</summary>
/// <param name="IsReady">True when it could take orders of at least one of its markets.</param>
/// <param name="Reason"><c>READY</c>, with what is left out or worth knowing, or <c>NOT READY: …</c> with everything that is in the way.</param>
/// <param name="CheckedAt">When the venue was last asked.</param>
public sealed record ConnectionReadiness(bool IsReady, string Reason, Timestamp CheckedAt);
