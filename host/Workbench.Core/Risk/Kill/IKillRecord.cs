using Workbench.Sdk;

namespace Workbench.Core.Risk.Kill;

/// <summary>A second, simple record of the kill switch beside the journal, written by whoever engages it: it holds when the journal cannot be written or its thread is stuck.</summary>
public interface IKillRecord
{
    /// <summary>Writes it durably.</summary>
    /// <returns>Null, or why it could not be written.</returns>
    string? Write(KillStatus status);

    /// <summary>Removes it durably.</summary>
    /// <returns>Null, or why it could not be removed.</returns>
    string? Erase();
}
