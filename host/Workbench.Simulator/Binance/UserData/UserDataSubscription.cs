using System.Text;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance.UserData;

/// <summary>One account's events on one connection, in the wrapping of that connection.</summary>
internal sealed class UserDataSubscription(int id, Account account, bool isOfSession, SocketOutbox outbox, Func<byte[], ReadOnlyMemory<byte>> wrap)
{
    public int Id => id;
    public Account Account => account;
    public SocketOutbox Outbox => outbox;

    /// <summary>Made by the logged-on session rather than by a signature.</summary>
    public bool IsOfSession => isOfSession;

    /// <summary>Wrapped with the connection's number for it.</summary>
    public static UserDataSubscription Numbered(int id, Account account, bool isOfSession, SocketOutbox outbox)
    {
        var prefix = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{{\"subscriptionId\":{id},\"event\":"));
        return new UserDataSubscription(id, account, isOfSession, outbox, payload => (byte[])[.. prefix, .. payload, (byte)'}']);
    }

    public void Send(byte[] payload, FrameInfo info) => outbox.Post(wrap(payload), info);
}
