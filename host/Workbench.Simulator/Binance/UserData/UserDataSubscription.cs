using System.Text;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance.UserData;

/// <summary>One account's events on one connection, wrapped with the connection's number for it.</summary>
internal sealed class UserDataSubscription(int id, Account account, bool isOfSession, SocketOutbox outbox)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{{\"subscriptionId\":{id},\"event\":"));

    public int Id => id;
    public Account Account => account;

    /// <summary>Made by the logged-on session rather than by a signature.</summary>
    public bool IsOfSession => isOfSession;

    public void Send(ReadOnlySpan<byte> payload, FrameInfo info)
    {
        var frame = new byte[_prefix.Length + payload.Length + 1];
        _prefix.CopyTo(frame, 0);
        payload.CopyTo(frame.AsSpan(_prefix.Length));
        frame[^1] = (byte)'}';
        outbox.Post(frame, info);
    }
}
