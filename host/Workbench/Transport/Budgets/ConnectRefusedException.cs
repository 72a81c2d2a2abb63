using Workbench.Sdk;

namespace Workbench.Transport.Budgets;

/// <summary>Carries a refusal of the connect budget out of the HTTP stack, which knows only exceptions.</summary>
internal sealed class ConnectRefusedException(VenueError error) : IOException(error.Message)
{
    public VenueError Error { get; } = error;
}
