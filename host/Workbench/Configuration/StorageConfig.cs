namespace Workbench.Configuration;

/// <summary>Where Workbench keeps what must outlive it.</summary>
internal sealed record StorageConfig
{
    public required string Directory { get; init; }

    /// <summary>The LiteDB file with orders, fills and errors.</summary>
    public required string HistoryFile { get; init; }

    public required JournalConfig Journal { get; init; }
}

/// <summary>The order journal.</summary>
internal sealed record JournalConfig
{
    public required string Directory { get; init; }

    public required JournalDurability Durability { get; init; }
}

/// <summary>When a journal record counts as written.</summary>
internal enum JournalDurability
{
    /// <summary>When it is on the disk: survives a power cut.</summary>
    Fsync,

    /// <summary>When the operating system has it: survives a crash of Workbench, not of the machine.</summary>
    Os,
}
