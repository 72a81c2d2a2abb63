namespace Workbench.Faults.Tests.Rigging;

/// <summary>What a test wants otherwise than all others.</summary>
internal sealed record RigOptions
{
    /// <summary>Laid over the rig's configuration; <c>connections: { all: … }</c> is for every connection, <c>null</c> takes a key away.</summary>
    public string Yaml { get; init; } = "";

    /// <summary>Laid over the host's configuration alone, for what its venues' own configuration must not say.</summary>
    public string HostYaml { get; init; } = "";

    /// <summary>Only binance, with no secondary.</summary>
    public bool OneVenue { get; init; }

    /// <summary>So many further connections to the first venue, without credentials, named <c>binance-1</c>, <c>binance-2</c>, ...; they start when something is subscribed there.</summary>
    public int Clones { get; init; }

    /// <summary>The markets whose quotes are read from the start on.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = ["BTC/USDT"];

    /// <summary>False returns as soon as the host runs, whatever its connections are doing.</summary>
    public bool WaitUntilReady { get; init; } = true;

    /// <summary>How many times as fast as the machine's the clock of host and venues runs. Limits in the configuration are in that time, so make them longer.</summary>
    public int Pace { get; init; } = 1;

    /// <summary>The folder of configuration and data; the rig's own.</summary>
    internal string Directory { get; init; } = "";
}
