using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Faults;

/// <summary>What faults act on besides requests and messages. A part that is missing cannot be faulted.</summary>
internal sealed class FaultTargets
{
    /// <summary>The market that all dialects have: spot.</summary>
    public SimulatedVenue? Venue { get; set; }

    /// <summary>Other markets of the same exchange.</summary>
    public List<SimulatedVenue> Others { get; } = [];

    public IEnumerable<SimulatedVenue> Venues => Venue is null ? Others : Others.Prepend(Venue);

    public VenueServer? Server { get; set; }
    public IDialect? Dialect { get; set; }
}

/// <summary>An open WebSocket as the faults see it.</summary>
internal interface IFaultySocket
{
    /// <summary>What kind of connection it is.</summary>
    RequestKinds Kind { get; }

    SocketOutbox Outbox { get; }

    /// <summary>Closes with a code, or without a word for 1006.</summary>
    void Close(int code, string reason);
}
