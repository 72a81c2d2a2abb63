namespace Workbench.Control;

/// <summary>Works one request off, on a thread of its own that may block.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="reply">Where the answer goes; what is not ended when the handler returns is ended as done.</param>
/// <param name="cancellationToken">Ends with the host, and when the command has run for too long.</param>
internal delegate void ControlHandler(ControlRequest request, ControlReply reply, CancellationToken cancellationToken);

/// <summary>The commands that a second process can give the running host, by name. Any thread.</summary>
internal sealed class ControlCommands
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Every command's name, in order.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Adds a command that must answer whatever state the host is in: it needs no thread of the pool and has places of its own.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void AddUrgent(string name, ControlHandler handler) => Add(name, new Entry(handler, true));

    /// <summary>Adds a command.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void Add(string name, ControlHandler handler) => Add(name, new Entry(handler, false));

    /// <summary>Adds a command that is a task; its thread waits for it.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void Add(string name, Func<ControlRequest, ControlReply, CancellationToken, Task> handler) =>
        Add(name, (request, reply, stop) => handler(request, reply, stop).WaitAsync(stop).GetAwaiter().GetResult());

    internal bool TryGet(string name, out ControlHandler handler, out bool isUrgent)
    {
        lock (_gate)
        {
            var found = _entries.TryGetValue(name, out var entry);
            (handler, isUrgent) = (entry.Handler, entry.IsUrgent);
            return found;
        }
    }

    private void Add(string name, Entry entry)
    {
        lock (_gate)
        {
            _entries.Add(name, entry);
        }
    }

    private readonly record struct Entry(ControlHandler Handler, bool IsUrgent);
}
