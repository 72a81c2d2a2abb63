namespace Workbench.Sdk;

/// <summary>What became of an operator's action.</summary>
/// <param name="IsDone">True when it was carried out, at least in part.</param>
/// <param name="Message">What was done, or why not, in words for a person.</param>
public sealed record OperatorResult(bool IsDone, string Message);
