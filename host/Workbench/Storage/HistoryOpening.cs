namespace Workbench.Storage;

/// <summary>What came of opening the history.</summary>
/// <param name="Store">The store; null after an error.</param>
/// <param name="Error">One line that names the file and the remedy; null when it is open.</param>
/// <param name="IsNew">True when the file was not there or was damaged and set aside: what the journal knows should be written to it again.</param>
internal sealed record HistoryOpening(HistoryStore? Store, string? Error, bool IsNew);
