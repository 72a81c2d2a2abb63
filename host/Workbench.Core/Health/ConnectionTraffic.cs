using Workbench.Sdk;

namespace Workbench.Core.Health;

/// <summary>What a connection's probes and calls have shown lately, by capability. Safe on any thread.</summary>
internal sealed class ConnectionTraffic(TimeProvider time)
{
    private readonly CallWindow[] _windows = [.. Enum.GetValues<ConnectionCapability>().Select(_ => new CallWindow(time))];

    /// <summary>Takes one call.</summary>
    public void Add(ConnectionCapability capability, CallVerdict verdict, TimeSpan took) => _windows[(int)capability].Add(verdict, took);

    /// <summary>Takes one connect or end of a stream.</summary>
    public void Count(ConnectionCapability capability, CallVerdict verdict) => _windows[(int)capability].Count(verdict);

    /// <summary>Takes the delay of one message of a stream.</summary>
    public void Time(ConnectionCapability capability, TimeSpan delay) => _windows[(int)capability].Time(delay);

    /// <summary>The figures of one capability now.</summary>
    public CallFigures Read(ConnectionCapability capability) => _windows[(int)capability].Read();
}
