using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>A subscribe or unsubscribe that the venue has not answered yet.</summary>
/// <param name="Id">Its id on the wire.</param>
/// <param name="IsSubscribe">Which of the two.</param>
/// <param name="Topics">What it asks for.</param>
/// <param name="SentAt">When, in ticks of the clock.</param>
internal sealed record PendingRequest(string Id, bool IsSubscribe, IReadOnlyList<string> Topics, long SentAt);

/// <summary>The requests of a socket that wait for an answer, oldest first.</summary>
internal sealed class PendingRequests(TimeProvider time)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    // What was not answered while so many others were will not be answered any more.
    private const int Most = 256;

    private readonly List<PendingRequest> _waiting = [];
    private int _lastId;

    /// <summary>Notes a request and gives it its id.</summary>
    public PendingRequest Add(bool isSubscribe, IReadOnlyList<string> topics)
    {
        var request = new PendingRequest((++_lastId).ToString(CultureInfo.InvariantCulture), isSubscribe, topics, time.GetTimestamp());
        _waiting.Add(request);
        if (_waiting.Count > Most)
        {
            _waiting.RemoveAt(0);
        }

        return request;
    }

    /// <summary>Takes the request that an answer belongs to. The venue leaves the id out of some refusals; such an answer belongs to the oldest request of its kind.</summary>
    public PendingRequest? Take(ControlAnswer answer)
    {
        var (id, operation) = (answer.RequestId, answer.Operation);
        var index = id is not null
            ? _waiting.FindIndex(r => r.Id == id)
            : _waiting.FindIndex(r => operation is null || operation == (r.IsSubscribe ? "subscribe" : "unsubscribe"));
        if (index < 0)
        {
            return null;
        }

        var found = _waiting[index];
        _waiting.RemoveAt(index);
        return found;
    }

    /// <summary>The error of a request that was not answered in time, or null.</summary>
    public VenueError? Overdue() => _waiting.Count > 0 && time.GetElapsedTime(_waiting[0].SentAt) >= AnswerWithin
        ? new VenueError(VenueErrorKind.Timeout, $"The venue did not answer a request for {_waiting[0].Topics[0]} within {AnswerWithin.TotalSeconds:0} s.")
        : null;
}
