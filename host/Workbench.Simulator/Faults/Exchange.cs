namespace Workbench.Simulator.Faults;

/// <summary>What an answer that a fault makes up looks like.</summary>
internal enum AnswerForm
{
    /// <summary>An error in the venue's own words.</summary>
    Venue,

    /// <summary>A page, as a gateway or a portal in between sends it.</summary>
    Html,

    /// <summary>The status alone.</summary>
    Empty,
}

/// <summary>An answer that a fault gives in the venue's place.</summary>
/// <param name="Status">HTTP status; over a socket it stands in the message where the dialect has a place for it.</param>
/// <param name="Code">The venue's error code; null lets the dialect choose by the status.</param>
/// <param name="Form">What the body is.</param>
internal sealed record FaultAnswer(int Status, int? Code = null, AnswerForm Form = AnswerForm.Venue)
{
    /// <summary>Replaces the dialect's text.</summary>
    public string? Message { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}

/// <summary>One request between its sender and the venue. A fault that ends it sets what its sender gets.</summary>
internal abstract class Exchange(RequestInfo request, FaultLab lab)
{
    public RequestInfo Request { get; protected set; } = request;

    public FaultLab Lab => lab;

    /// <summary>A fault has settled what the sender gets.</summary>
    public bool IsOver { get; protected set; }

    /// <summary>The venue's answer when there is one: whole HTTP body or whole message.</summary>
    public byte[] Body { get; set; } = [];

    /// <summary>Set when the request is to be executed later than it is answered.</summary>
    public Postponement? Postponement { get; set; }

    /// <summary>What makes two requests the same question.</summary>
    public virtual string Identity => Request.ToString();

    /// <summary>The sender is gone.</summary>
    public abstract CancellationToken Gone { get; }

    /// <summary>Answers in the venue's place.</summary>
    public abstract void Answer(FaultAnswer answer);

    /// <summary>Breaks the connection.</summary>
    public abstract void Reset();

    /// <summary>Says nothing while the fault lasts.</summary>
    public abstract ValueTask HoldAsync(ActiveFault fault, bool readsBody = true);

    public async ValueTask DelayAsync(TimeSpan time) =>
        await Task.Delay(time, lab.Time, Gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
