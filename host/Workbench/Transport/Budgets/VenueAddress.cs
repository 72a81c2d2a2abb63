using System.Net;
using Workbench.Composition;
using Workbench.Sdk;

namespace Workbench.Transport.Budgets;

/// <summary>Tells which connections talk to the same venue, as far as its limits are concerned.</summary>
internal static class VenueAddress
{
    /// <summary>
    /// The venue's address as a text: plugin and environment. A venue's hosts count together, so a name of one of them changes nothing; an IP address
    /// or localhost is a server of somebody's own, and each of these counts for itself.
    /// </summary>
    public static string Of(ConnectionPlan plan)
    {
        var venue = $"{plan.Plugin}/{plan.Environment}";
        return plan.Endpoints.GetValueOrDefault("rest") is { } rest && (plan.Environment == VenueEnvironment.Simulator || rest.IsLoopback || IPAddress.TryParse(rest.Host, out _))
            ? $"{venue}/{rest.Authority}"
            : venue;
    }
}
