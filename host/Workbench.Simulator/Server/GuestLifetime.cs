using Microsoft.Extensions.Hosting;

namespace Workbench.Simulator.Server;

/// <summary>Replaces the web host's console lifetime: signals belong to the process that the venue is a guest of, and nothing is printed.</summary>
internal sealed class GuestLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
