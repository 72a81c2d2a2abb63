using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Fakes;

/// <summary>Keeps everything that the account's stream says, in order.</summary>
internal sealed class FakeUserSession : IUserStreamSession
{
    private readonly Channel<object> _said = Channel.CreateUnbounded<object>();

    public List<object> Said { get; } = [];

    public Task<object> NextAsync() => _said.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public void Connected() => Say("connected");

    public void Publish(OrderReport report) => Say(report);

    public void Publish(FillReport fill) => Say(fill);

    public void Publish(IReadOnlyList<Balance> balances) => Say(balances);

    public void Renew(string reason) => Say($"renew {reason}");

    public void BadMessage(string message) => Say($"bad {message}");

    private void Say(object what)
    {
        Said.Add(what);
        _said.Writer.TryWrite(what).ShouldBeTrue();
    }
}
