namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Faults of WebSockets as connections: closed, deaf to heartbeats, subscribed to nothing, too many.</summary>
internal static class SocketTable
{
    private static readonly FaultOption<int?> Code = FaultOption.Whole("code", 1000, 4999, 1001, "Close code; 1006 breaks the connection without a word.");
    private static readonly FaultOption<string?> Reason = FaultOption.Text("reason", "text", "", "Reason in the close frame.");
    private static readonly FaultOption<string> Phase = FaultOption.OneOf("phase", "live", "When: at once (live), or when a connection opens, has logged on or has subscribed.", "live", "connect", "auth", "subscribe");
    private static readonly FaultOption<TimeSpan> Notice = FaultOption.Duration("notice", "0ms", "1h", "10s", "From the announcement to the closing.");
    private static readonly FaultOption<int?> Max = FaultOption.Whole("max", 0, 100_000, 0, "How many connections of these kinds may be open.");
    private static readonly FaultOption<int?> Status = FaultOption.Whole("status", 400, 599, 429, "HTTP status of the refusal.");

    public static IEnumerable<FaultDefinition> All =>
    [
        new("close-socket", "N17, N24", "Connections are closed with a code, at once or in a phase of their life.")
        {
            Own = [Code, Reason, Phase],
            HasSymbol = false,
            Requests = RequestKinds.Sockets,
            Frames = FrameKinds.Authenticated | FrameKinds.Subscribed,
            IsOneShot = static fault => fault.Get(Phase) == "live",
            Start = static (fault, _, _) =>
            {
                if (fault.Get(Phase) == "live")
                {
                    foreach (var socket in fault.Lab.Sockets.Where(s => (s.Kind & fault.Requests) != 0 && fault.TryStrike(s.Kind)))
                    {
                        socket.Close(fault.Get(Code)!.Value, fault.Get(Reason)!);
                    }
                }

                return FaultDefinition.NothingToUndo;
            },
            OnConnect = static (fault, socket) =>
            {
                if (fault.Get(Phase) == "connect" && fault.TryStrike(socket.Kind))
                {
                    socket.Close(fault.Get(Code)!.Value, fault.Get(Reason)!);
                }
            },
            OnFrame = static (fault, post) =>
            {
                var phase = post.Info.Kind == FrameKinds.Authenticated ? "auth" : "subscribe";
                if (fault.Get(Phase) == phase && (post.Outbox.Kind & fault.Requests) != 0 && fault.TryStrike(post))
                {
                    post.Close = (fault.Get(Code)!.Value, fault.Get(Reason)!);
                }
            },
        },
        new("planned-shutdown", "N20", "The venue restarts with notice: it says so where its protocol has words for that, then closes what is open; clearing ends the notice.")
        {
            Own = [Notice],
            IsSteady = true,
            HasSymbol = false,
            Check = static (_, targets) => targets.Dialect is null ? "there is nothing that could shut down" : null,
            Start = static (fault, targets, _) =>
            {
                var notice = new CancellationTokenSource();
                var shutdown = targets.Dialect!.ShutDownConnectionsAsync(fault.Get(Notice), notice.Token);
                return Task.FromResult<Func<CancellationToken, Task>>(async _ =>
                {
                    await notice.CancelAsync().ConfigureAwait(false);
                    await shutdown.ConfigureAwait(false);
                    notice.Dispose();
                });
            },
        },
        new("no-pongs", "N04", "Pings of the client are not answered.")
        {
            IsSteady = true,
            HasSymbol = false,
            Withholds = Heartbeats.Pongs,
            Frames = FrameKinds.Pong,
            OnFrame = FrameTable.Drop,
        },
        new("no-pings", "N04", "The venue sends no pings of its own.")
        {
            IsSteady = true,
            HasSymbol = false,
            Withholds = Heartbeats.Pings,
        },
        new("subscribe-unanswered", "N21", "Subscriptions are not acknowledged; their data comes.")
        {
            HasSymbol = false,
            Frames = FrameKinds.Subscribed,
            OnFrame = FrameTable.Drop,
        },
        new("subscribe-silent", "N21", "Subscriptions made from now on are acknowledged, and their data never comes.")
        {
            IsSteady = true,
            HasSymbol = false,
            Frames = FrameKinds.Data | FrameKinds.Subscribed,
            OnConnect = static (fault, socket) => fault.State<Muted>().Add(socket.Outbox),
            OnFrame = static (fault, post) =>
            {
                var muted = fault.State<Muted>();
                if (!post.Info.IsData)
                {
                    muted.Add(post.Outbox);
                }
                else if (muted.Has(post.Outbox))
                {
                    post.Frames.Clear();
                }
            },
        },
        new("connection-limit", "N24", "No more than so many connections may be open; others are refused.")
        {
            Own = [Max, Status],
            IsHttpOnly = true,
            HasSymbol = false,
            Requests = RequestKinds.Sockets,
            Wants = static (fault, exchange) => fault.Lab.Sockets.Count(s => (s.Kind & exchange.Request.Kind) != 0) >= fault.Get(Max),
            OnRequest = static (fault, exchange) =>
            {
                exchange.Answer(new FaultAnswer(fault.Get(Status)!.Value, Form: AnswerForm.Empty));
                return ValueTask.CompletedTask;
            },
        },
    ];

    private sealed class Muted
    {
        private readonly System.Runtime.CompilerServices.ConditionalWeakTable<object, object> _outboxes = [];

        public void Add(object outbox) => _outboxes.AddOrUpdate(outbox, outbox);

        public bool Has(object outbox) => _outboxes.TryGetValue(outbox, out _);
    }
}
