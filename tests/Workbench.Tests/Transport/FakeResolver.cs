using System.Net;
using Workbench.Transport;

namespace Workbench.Tests.Transport;

/// <summary>A resolver that answers what it is told, and counts.</summary>
internal sealed class FakeResolver : INameResolver
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<string, Task<IPAddress[]>> Answer { get; set; } = static _ => Task.FromResult(new[] { IPAddress.Loopback });

    public int Questions { get; private set; }

    /// <summary>Ends with the first question.</summary>
    public Task Asked => _asked.Task;

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Questions++;
        _asked.TrySetResult();
        return Answer(host);
    }
}
