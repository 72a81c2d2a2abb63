using System.Collections.Concurrent;
using System.Text;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Fakes;

/// <summary>Answers each request with the next reply scripted for its path; a request nobody scripted fails the test.</summary>
internal sealed class FakeHttp : IHttpTransport
{
    private readonly Dictionary<string, Queue<HttpReply>> _replies = [];

    public ConcurrentQueue<HttpCall> Calls { get; } = new();

    public FakeHttp Answer(string path, string body, int status = 200, Dictionary<string, string>? headers = null) => Reply(path, new HttpReply
    {
        Kind = HttpReplyKind.Answered,
        Status = status,
        Body = Encoding.UTF8.GetBytes(body),
        Headers = new Dictionary<string, string>(headers ?? [], StringComparer.OrdinalIgnoreCase),
        EndedAt = Timestamp.FromUnixMilliseconds(1_700_000_000_100),
    });

    /// <summary>Scripts a success with a result.</summary>
    public FakeHttp Ok(string path, string result) => Answer(path, $$"""{"retCode":0,"retMsg":"OK","result":{{result}},"retExtInfo":{},"time":1700000000050}""");

    /// <summary>Scripts a business error.</summary>
    public FakeHttp Refuse(string path, int code, string text = "no") => Answer(path, $$"""{"retCode":{{code}},"retMsg":"{{text}}","result":{},"retExtInfo":{},"time":1700000000050}""");

    public FakeHttp Reply(string path, HttpReply reply)
    {
        if (!_replies.TryGetValue(path, out var queue))
        {
            _replies[path] = queue = new Queue<HttpReply>();
        }

        queue.Enqueue(reply);
        return this;
    }

    public ValueTask<HttpReply> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        Calls.Enqueue(call);
        var path = call.Address.AbsolutePath;
        return _replies.TryGetValue(path, out var queue) && queue.Count > 0
            ? new(queue.Dequeue())
            : throw new InvalidOperationException($"The test scripted no reply for {call.Address}.");
    }
}
