namespace Workbench.Sdk;

/// <summary>Control over the embedded simulator: faults and tapes. Real venues have nothing of it.</summary>
public interface ISimulator
{
    /// <summary>The names of the faults that can be injected.</summary>
    IReadOnlyList<string> Faults { get; }

    /// <summary>Switches a fault on at the simulated venue behind a connection; it stays until it is cleared.</summary>
    /// <exception cref="ArgumentException">There is no such simulated connection or no such fault; the message lists those there are.</exception>
    Task InjectAsync(ConnectionId connection, string fault, CancellationToken cancellationToken);

    /// <summary>The faults that can be injected, with what they do and take.</summary>
    IReadOnlyList<FaultDescription> Catalogue { get; }

    /// <summary>Switches a fault on at the simulated venue behind a connection; without settings everything is left to the fault. The same fault with the same scope is replaced.</summary>
    /// <exception cref="ArgumentException">There is no such simulated connection or no such fault, a setting is wrong, or the fault cannot act there; the message says what would be right.</exception>
    Task InjectAsync(ConnectionId connection, string fault, FaultSettings? settings = null, CancellationToken cancellationToken = default);

    /// <summary>Begins to switch faults on by a plan, counted from now. It goes on when the script has ended, until the simulator stops.</summary>
    /// <exception cref="ArgumentException">Something is wrong with an entry; nothing was begun. The message names all that is wrong.</exception>
    void Schedule(IReadOnlyList<ScheduledFault> faults);

    /// <summary>What the faults of a connection's venue did so far, oldest first: one line each time that one went on or off or struck. Only the newest ten thousand are kept.</summary>
    /// <exception cref="ArgumentException">There is no such simulated connection.</exception>
    IReadOnlyList<string> FaultTranscript(ConnectionId connection);

    /// <summary>Switches a fault off, or all of them when no name is given.</summary>
    Task ClearAsync(ConnectionId connection, string? fault = null, CancellationToken cancellationToken = default);

    /// <summary>Serves a recording as a venue of its own and opens a connection to it through the real connector. The tape begins with its first subscriber and waits for its readers.</summary>
    /// <param name="path">A recording of wire messages, trades or candles.</param>
    /// <param name="dialect">The protocol it was recorded from, such as <c>binance</c>.</param>
    /// <param name="speed">1 for the recorded pace, 10 for ten times that, 0 for as fast as the readers read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">The file is not a recording; the message names the line.</exception>
    Task<ITape> PlayAsync(string path, string dialect = "binance", int speed = 0, CancellationToken cancellationToken = default);
}

/// <summary>A recording that is being served.</summary>
public interface ITape : IAsyncDisposable
{
    /// <summary>The connection to read it through.</summary>
    ConnectionId Connection { get; }

    /// <summary>The markets in it.</summary>
    IReadOnlyList<Symbol> Symbols { get; }

    /// <summary>Ends when the whole tape was sent.</summary>
    Task Finished { get; }
}
