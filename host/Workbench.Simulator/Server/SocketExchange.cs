using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Server;

/// <summary>One request over an open WebSocket.</summary>
internal sealed class SocketExchange(RequestInfo request, FaultLab lab, SocketSession session, Func<FaultAnswer, byte[]> word) : Exchange(request, lab)
{
    public override CancellationToken Gone => session.Closed;

    /// <summary>Serves the request and keeps its answer.</summary>
    public async ValueTask CaptureAsync(Func<ValueTask> serve)
    {
        session.Outbox.TakeAnswer = answer => Body = answer.ToArray();
        try
        {
            await serve().ConfigureAwait(false);
        }
        finally
        {
            session.Outbox.TakeAnswer = null;
        }
    }

    public override void Answer(FaultAnswer answer)
    {
        // A socket has no place for a page: a gateway in between would have broken it.
        if (answer.Form == AnswerForm.Venue || answer.Status >= 500)
        {
            Body = word(answer);
        }

        IsOver = true;
    }

    public override void Reset()
    {
        session.Abort();
        IsOver = true;
        Body = [];
    }

    public override ValueTask HoldAsync(ActiveFault fault, bool readsBody = true)
    {
        IsOver = true;
        Body = [];
        return ValueTask.CompletedTask;
    }

    public void Send()
    {
        if (Body.Length > 0)
        {
            session.Outbox.Enqueue(new OutFrame(Body));
        }
    }
}
