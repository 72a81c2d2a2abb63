using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>What the lives of both kinds of stream have in common: a beginning, an end with its reason, and whether the host counts on them.</summary>
internal abstract class StreamSession(int number, Connection connection, TimeProvider time, ILogger logger)
{
    private readonly BadMessages _bad = new(time);
    private readonly long _startedAt = time.GetTimestamp();
    private volatile bool _isCurrent;
    private volatile bool _wasConnected;
    private volatile string? _renewal;
    private volatile string? _endReason;

    public int Number => number;

    /// <summary>Whose session it is.</summary>
    public ConnectionId ConnectionId => connection.Id;

    /// <summary>True for the session that the host counts on; false for one that is on its way up beside another, or on its way out.</summary>
    public bool IsCurrent
    {
        get => _isCurrent;
        set => _isCurrent = value;
    }

    /// <summary>True once the venue has taken the connection, and for a user stream its subscription.</summary>
    public bool WasConnected => _wasConnected;

    /// <summary>Why another session should take its place, or null.</summary>
    public string? Renewal => _renewal;

    /// <summary>Why the host wants this session to end, or null.</summary>
    public string? EndReason => _endReason;

    /// <summary>How long it lives.</summary>
    public TimeSpan Age => time.GetElapsedTime(_startedAt);

    /// <summary>Ends when the session has ended.</summary>
    public Task<StreamEnd> Ended { get; private set; } = Task.FromResult(StreamEnd.Orderly);

    /// <summary>Cancels the session from the host's side.</summary>
    public CancellationTokenSource Ending { get; } = new();

    protected Connection Connection => connection;

    /// <summary>What it is to a person.</summary>
    protected abstract ConnectionCapability Capability { get; }

    protected ILogger Logger => logger;

    /// <summary>Runs the session.</summary>
    public void Begin(Func<CancellationToken, Task<StreamEnd>> run, CancellationToken cancellationToken) => Ended = RunAsync(run, cancellationToken);

    public void Connected()
    {
        _wasConnected = true;
        if (IsCurrent)
        {
            Up();
        }
    }

    public void Renew(string reason)
    {
        if (_renewal is null)
        {
            _renewal = reason;
            logger.StreamEndAnnounced(connection.Id, reason);
        }
    }

    public void BadMessage(string message)
    {
        logger.BadMessage(connection.Id, message);
        connection.Metrics.Quarantined(connection.Id, Capability);
        Unreadable();
        if (_bad.Add())
        {
            End($"{BadMessages.Most} unreadable messages within a minute");
        }
    }

    public void End(string reason)
    {
        _endReason ??= reason;
        Ending.Cancel();
    }

    /// <summary>Tells the health that this kind of stream is up.</summary>
    public abstract void Up();

    /// <summary>A message was put aside: what it said is lost.</summary>
    protected virtual void Unreadable()
    {
    }

    /// <summary>Nothing more of the session follows.</summary>
    protected abstract void Over();

    private async Task<StreamEnd> RunAsync(Func<CancellationToken, Task<StreamEnd>> run, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ending.Token);
        try
        {
            return await run(either.Token).ConfigureAwait(false);
        }
        finally
        {
            Over();
        }
    }
}

/// <summary>Counts unreadable messages over a sliding minute. One thread at a time.</summary>
internal sealed class BadMessages(TimeProvider time)
{
    /// <summary>So many within a minute mean that the session is not to be understood any more.</summary>
    public const int Most = 10;

    private readonly Queue<long> _times = new(Most);

    /// <summary>Takes one more.</summary>
    /// <returns>True when that is too many.</returns>
    public bool Add()
    {
        while (_times.TryPeek(out var first) && time.GetElapsedTime(first) >= TimeSpan.FromMinutes(1))
        {
            _times.Dequeue();
        }

        _times.Enqueue(time.GetTimestamp());
        if (_times.Count > Most)
        {
            _times.Dequeue();
        }

        return _times.Count == Most;
    }
}
