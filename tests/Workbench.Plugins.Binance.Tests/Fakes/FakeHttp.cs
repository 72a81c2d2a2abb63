using System.Text;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Fakes;

/// <summary>Answers from a script and keeps what was sent.</summary>
internal sealed class FakeHttp : IHttpTransport
{
    private readonly Queue<Func<HttpCall, HttpReply>> _script = new();

    public List<HttpCall> Calls { get; } = [];

    public FakeHttp Then(int status, string body, params (string Name, string Value)[] headers) => Then(_ => Answer(status, body, headers));

    public FakeHttp Then(Func<HttpCall, HttpReply> reply)
    {
        _script.Enqueue(reply);
        return this;
    }

    public FakeHttp ThenFails(HttpReplyKind kind, VenueErrorKind error = VenueErrorKind.Network) =>
        Then(_ => new HttpReply { Kind = kind, Error = new VenueError(error, "scripted") });

    public ValueTask<HttpReply> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        lock (_script)
        {
            Calls.Add(call);
            return ValueTask.FromResult(_script.TryDequeue(out var reply) ? reply(call) : throw new InvalidOperationException($"Nothing scripted for {call.Method} {call.Address}"));
        }
    }

    public static HttpReply Answer(int status, string body, params (string Name, string Value)[] headers) => new()
    {
        Kind = HttpReplyKind.Answered,
        Status = status,
        Body = Encoding.UTF8.GetBytes(body),
        Headers = headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase),
    };

    public static string BodyOf(HttpCall call) => Encoding.UTF8.GetString(call.Body.Span);
}
