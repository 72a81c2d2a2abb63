using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Simulator.Tests.Direct;

/// <summary>A user session that passes on everything it is told, in order.</summary>
internal sealed class UserTap : IUserStreamSession, IAsyncDisposable
{
    private readonly Channel<object> _heard = Channel.CreateUnbounded<object>();
    private readonly CancellationTokenSource _stop = new();

    private UserTap()
    {
    }

    public Task<StreamEnd> Stream { get; private set; } = null!;

    public static UserTap Open(ITradingConnector trading)
    {
        var tap = new UserTap();
        tap.Stream = trading.RunUserStreamAsync(tap, tap._stop.Token);
        return tap;
    }

    public async Task<object> NextAsync()
    {
        using var limit = new CancellationTokenSource(DirectBench.Patience);
        return await _heard.Reader.ReadAsync(limit.Token);
    }

    public async Task<T> NextAsync<T>() => (await NextAsync()).ShouldBeAssignableTo<T>()!;

    public bool IsQuiet => _heard.Reader.Count == 0;

    public async Task<StreamEnd> StopAsync()
    {
        await _stop.CancelAsync();
        return await Stream.WaitAsync(DirectBench.Patience);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    void IUserStreamSession.Connected() => _heard.Writer.TryWrite("connected");

    void IUserStreamSession.Publish(OrderReport report) => _heard.Writer.TryWrite(report);

    void IUserStreamSession.Publish(FillReport fill) => _heard.Writer.TryWrite(fill);

    void IUserStreamSession.Publish(IReadOnlyList<Balance> balances) => _heard.Writer.TryWrite(balances);

    void IUserStreamSession.Renew(string reason) => _heard.Writer.TryWrite(new InvalidOperationException(reason));

    void IUserStreamSession.BadMessage(string message) => _heard.Writer.TryWrite(new InvalidOperationException(message));
}
