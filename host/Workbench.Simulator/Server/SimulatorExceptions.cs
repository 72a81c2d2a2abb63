namespace Workbench.Simulator.Server;

/// <summary>The wanted port is taken by another process.</summary>
public sealed class PortInUseException(string venue, int port, Exception? inner = null)
    : Exception($"Port {port} for simulated venue '{venue}' is in use. Choose another port, or 0 for any free one.", inner)
{
    public string Venue { get; } = venue;

    public int Port { get; } = port;
}

/// <summary>A tape cannot be read: not there, or not of a form the player knows.</summary>
public sealed class TapeException(string path, string reason, Exception? inner = null)
    : Exception($"Tape '{path}': {reason}", inner)
{
    public string Path { get; } = path;
}

/// <summary>The options do not describe a simulator.</summary>
public sealed class SimulatorOptionsException(string message) : Exception(message);
