namespace Workbench.Plugins.Bybit.Streams;

/// <summary>What a message of a public socket is.</summary>
internal enum FrameKind
{
    /// <summary>A topic that this connector does not read.</summary>
    Other,

    /// <summary>A book of any depth.</summary>
    Book,

    /// <summary>Public trades.</summary>
    Trades,

    /// <summary>Candles.</summary>
    Candles,

    /// <summary>An answer to a request of ours.</summary>
    Control,
}
