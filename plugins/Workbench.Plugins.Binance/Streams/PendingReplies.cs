namespace Workbench.Plugins.Binance.Streams;

/// <summary>Control messages that wait for their answer. Whether one takes too long is the host's to judge, by the subscriptions that it asked for.</summary>
internal sealed class PendingReplies
{
    // The venue answers in order; what is still here when so many later ones were sent will not be answered any more.
    private const int Most = 256;

    private readonly Dictionary<long, ControlCommand> _waiting = [];

    public void Add(ControlCommand command)
    {
        _waiting.Add(command.Id, command);
        _waiting.Remove(command.Id - Most);
    }

    /// <summary>Takes the command that an answer belongs to; null when nobody waits for it.</summary>
    public ControlCommand? Take(long id) => _waiting.Remove(id, out var command) ? command : null;
}
