namespace Workbench.Simulator.Faults;

/// <summary>A fault cannot be injected: no such name, a wrong option, or nothing there that it could act on.</summary>
public sealed class FaultException(string message) : ArgumentException(message);
