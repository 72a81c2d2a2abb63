using System.Net.WebSockets;
using System.Text;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Faults of messages on their way out: lost, twice, late, out of order, unreadable.</summary>
internal static class FrameTable
{
    private static readonly FaultOption<TimeSpan> Delay = FaultOption.Duration("delay", "1ms", "1h", "2s", "How much later.");
    private static readonly FaultOption<string> Garbage = FaultOption.OneOf("form", "bad-json", "What the message becomes.", "bad-json", "invalid-utf8", "huge", "binary", "empty");
    private static readonly FaultOption<int?> Size = FaultOption.Whole("size", 1, 100_000_000, 5_000_000, "Bytes of a huge message.");
    private static readonly FaultOption<int?> Piece = FaultOption.Whole("size", 1, 1_000_000, 7, "Bytes of each fragment.");

    public static IEnumerable<FaultDefinition> All =>
    [
        new("drop-events", "N19, E18", "Messages are missing: one with count 1, every k-th with nth k.")
        {
            Frames = FrameKinds.Data,
            OnFrame = Drop,
        },
        new("book-gap", "E25", "A change of the book is missing, so that its update ids have a gap.")
        {
            Frames = FrameKinds.Book,
            OnFrame = Drop,
        },
        new("duplicate-events", "N23, E17", "Messages come twice.")
        {
            Frames = FrameKinds.Data,
            OnFrame = static (fault, post) =>
            {
                if (fault.TryStrike(post))
                {
                    post.Frames.AddRange([.. post.Frames]);
                }
            },
        },
        new("reorder-events", "N23, E15", "A message comes after the one that follows it.")
        {
            Lingers = true,
            Frames = FrameKinds.Data,
            OnFrame = Swap,
        },
        new("delay-events", "N26, E15", "Messages come late, in their order.")
        {
            Own = [Delay],
            Frames = FrameKinds.Data,
            OnFrame = static (fault, post) =>
            {
                if (fault.TryStrike(post))
                {
                    fault.State<FrameDelay>().Add(fault, post, fault.Get(Delay));
                }
            },
        },
        new("fill-after-cancel", "E16", "A fill is told only after the rest of its order is told cancelled; without a cancel it stays untold until the fault is cleared.")
        {
            Lingers = true,
            Frames = FrameKinds.Fill | FrameKinds.Closed,
            OnFrame = static (fault, post) =>
            {
                if (post.Info.Kind == FrameKinds.Closed)
                {
                    post.Frames.AddRange(fault.State<HeldFrames>().Take(fault, post.Outbox));
                }
                else if (fault.TryStrike(post))
                {
                    fault.State<HeldFrames>().Hold(fault, post);
                }
            },
        },
        new("garbage-frames", "N16", "Messages are no text, no JSON or far too long.")
        {
            Own = [Garbage, Size],
            Frames = FrameKinds.Data,
            OnFrame = static (fault, post) =>
            {
                if (fault.TryStrike(post))
                {
                    post.Frames[0] = Spoil(fault, post.Frames[0]);
                }
            },
        },
        new("fragmented-frames", "N15", "Messages come in fragments.")
        {
            Own = [Piece],
            Frames = FrameKinds.Data,
            OnFrame = static (fault, post) =>
            {
                if (fault.TryStrike(post))
                {
                    post.Frames[0] = post.Frames[0] with { Fragment = fault.Get(Piece)!.Value };
                }
            },
        },
    ];

    public static void Drop(ActiveFault fault, FramePost post)
    {
        if (fault.TryStrike(post))
        {
            post.Frames.Clear();
        }
    }

    // The message waits for the next one of its kind on its connection.
    private static void Swap(ActiveFault fault, FramePost post)
    {
        var held = fault.State<HeldFrames>();
        if (held.Take(fault, post.Outbox) is { Count: > 0 } waiting)
        {
            post.Frames.AddRange(waiting);
        }
        else if (fault.TryStrike(post))
        {
            held.Hold(fault, post);
        }
    }

    private static OutFrame Spoil(ActiveFault fault, OutFrame frame) => fault.Get(Garbage) switch
    {
        "invalid-utf8" => new OutFrame(Mix(frame.Bytes, [0xC3, 0x28, 0xFF, 0xFE])),
        "huge" => new OutFrame(Encoding.ASCII.GetBytes("{\"e\":\"" + new string('x', fault.Get(Size)!.Value) + "\"}")),
        "binary" => frame with { Type = WebSocketMessageType.Binary },
        "empty" => new OutFrame(ReadOnlyMemory<byte>.Empty),
        _ => new OutFrame(frame.Bytes[..(frame.Bytes.Length / 2)]),
    };

    private static byte[] Mix(ReadOnlyMemory<byte> message, byte[] bytes)
    {
        var half = message.Length / 2;
        return [.. message.Span[..half], .. bytes, .. message.Span[half..]];
    }
}

/// <summary>Messages that wait for something else to happen on their connection.</summary>
internal sealed class HeldFrames
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SocketOutbox, List<OutFrame>> _held = [];

    /// <summary>Keeps what would be sent; the end of the fault lets it go.</summary>
    public void Hold(ActiveFault fault, FramePost post)
    {
        lock (_lock)
        {
            if (_held.Count == 0)
            {
                fault.Ended.Register(Release);
            }

            if (!_held.TryGetValue(post.Outbox, out var frames))
            {
                frames = _held[post.Outbox] = [];
            }

            frames.AddRange(post.Frames);
        }

        post.Frames.Clear();
    }

    /// <summary>Gives back what is held for a connection; a fault that has struck for the last time is then done.</summary>
    public List<OutFrame> Take(ActiveFault fault, SocketOutbox outbox)
    {
        lock (_lock)
        {
            var found = _held.Remove(outbox, out var frames) ? frames : [];
            if (fault.IsSpent && _held.Count == 0)
            {
                fault.Lab.Forget(fault);
            }

            return found;
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            foreach (var (outbox, frames) in _held)
            {
                frames.ForEach(outbox.Enqueue);
            }

            _held.Clear();
        }
    }
}

/// <summary>Messages that come later by the clock. One loop sends them, so that they keep their order.</summary>
internal sealed class FrameDelay
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Due, SocketOutbox Outbox, OutFrame Frame)> _waiting = new();
    private bool _isRunning;

    public void Add(ActiveFault fault, FramePost post, TimeSpan delay)
    {
        var time = fault.Lab.Time;
        lock (_lock)
        {
            var due = time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);
            post.Frames.ForEach(f => _waiting.Enqueue((due, post.Outbox, f)));
            if (!_isRunning)
            {
                _isRunning = true;
                _ = RunAsync(fault);
            }
        }

        post.Frames.Clear();
    }

    private async Task RunAsync(ActiveFault fault)
    {
        var time = fault.Lab.Time;
        while (true)
        {
            TimeSpan wait;
            lock (_lock)
            {
                while (_waiting.TryPeek(out var next) && (next.Due <= time.GetTimestamp() || fault.Ended.IsCancellationRequested))
                {
                    _waiting.Dequeue();
                    next.Outbox.Enqueue(next.Frame);
                }

                if (_waiting.Count == 0)
                {
                    _isRunning = false;
                    return;
                }

                wait = time.GetElapsedTime(time.GetTimestamp(), _waiting.Peek().Due);
            }

            await Task.Delay(wait, time, fault.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
