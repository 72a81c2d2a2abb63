using Workbench.Simulator.Bybit.Streams;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Bybit;

/// <summary>Decides when private pushes go out, relative to the answer of the request that caused them.</summary>
internal sealed class PushGate(BybitOptions options, TimeProvider time)
{
    // A request is executed on one thread, inside the venue's lock; what is pushed there was caused by it.
    [ThreadStatic]
    private static Caused? _running;

    /// <summary>Executes a request; what it pushes is let out by the returned object.</summary>
    public (T Result, Caused Pushes) Run<T>(Func<T> execute)
    {
        var caused = new Caused(options, time);
        _running = caused;
        try
        {
            return (execute(), caused);
        }
        finally
        {
            _running = null;
        }
    }

    public void Push(BybitSocket socket, byte[] message, FrameInfo info)
    {
        if (options.Pushes == PushTiming.Never)
        {
            return;
        }

        if (_running is { } request && options.Pushes != PushTiming.Race)
        {
            request.Add(socket, message, info);
        }
        else
        {
            socket.Send(message, info);
        }
    }

    /// <summary>The pushes of one request.</summary>
    internal sealed class Caused(BybitOptions options, TimeProvider time)
    {
        private readonly List<(BybitSocket Socket, byte[] Message, FrameInfo Info)> _pushes = [];

        public void Add(BybitSocket socket, byte[] message, FrameInfo info) => _pushes.Add((socket, message, info));

        /// <summary>To be awaited before the answer is sent.</summary>
        public async ValueTask BeforeAnswerAsync()
        {
            if (options.Pushes != PushTiming.BeforeAnswer)
            {
                return;
            }

            Send();
            await Task.WhenAll(_pushes.Select(p => p.Socket).Distinct().Select(s => s.SentAsync())).ConfigureAwait(false);
            if (options.PushDelay > TimeSpan.Zero)
            {
                await Task.Delay(options.PushDelay, time).ConfigureAwait(false);
            }
        }

        /// <summary>To be called when the answer was sent; does not wait.</summary>
        public void AfterAnswer()
        {
            if (options.Pushes == PushTiming.AfterAnswer && _pushes.Count > 0)
            {
                _ = SendLaterAsync();
            }
        }

        private async Task SendLaterAsync()
        {
            if (options.PushDelay > TimeSpan.Zero)
            {
                await Task.Delay(options.PushDelay, time).ConfigureAwait(false);
            }

            Send();
        }

        private void Send()
        {
            foreach (var (socket, message, info) in _pushes)
            {
                socket.Send(message, info);
            }
        }
    }
}
