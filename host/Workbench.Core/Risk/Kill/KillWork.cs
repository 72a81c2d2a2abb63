using Workbench.Core.Connections;
using Workbench.Core.Execution;
using Workbench.Core.Pipeline;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Risk.Kill;

/// <summary>Does what the kill switch asks for beyond keeping new orders back: cancels until nothing is open, then closes positions. On a thread of its own.</summary>
internal sealed class KillWork : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(30);

    // The longest real wait when even timers do not come through, as they need the pool.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RoundLimit = TimeSpan.FromSeconds(5);

    private readonly KillSwitch _switch;
    private readonly Boards _boards;
    private readonly PipelineInbox _inbox;
    private readonly TimeProvider _time;
    private readonly PositionCloser _closer;
    private readonly IReadOnlyList<KillVenueWork> _venues;
    private readonly ManualResetEventSlim _wake = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private Timestamp _since;

    /// <summary>Makes the worker of one engine.</summary>
    /// <param name="kill">What it works for.</param>
    /// <param name="boards">What is open and held.</param>
    /// <param name="trading">The connections that orders may be at.</param>
    /// <param name="connections">Finds one.</param>
    /// <param name="inbox">Where facts go.</param>
    /// <param name="closer">Closes positions.</param>
    /// <param name="time">The clock.</param>
    public KillWork(KillSwitch kill, Boards boards, IReadOnlyList<ConnectionId> trading, Func<ConnectionId, Connection?> connections, PipelineInbox inbox, PositionCloser closer, TimeProvider time)
    {
        (_switch, _boards, _inbox, _time, _closer) = (kill, boards, inbox, time, closer);
        _venues = [.. trading.Select(id => new KillVenueWork(id, connections, symbol => boards.Instruments(id).TryGet(symbol, out var market) ? market : null))];
        _thread = new Thread(Run) { Name = "kill", IsBackground = true };
        kill.Changed = _wake.Set;
    }

    public void Start() => _thread.Start();

    public void Dispose()
    {
        _stop.Cancel();
        _wake.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            _wake.Reset();
            if (_switch.Status is not { Level: > KillLevel.PauseNew } status)
            {
                _wake.Wait();
                continue;
            }

            if (_since != status.Since)
            {
                _since = status.Since;
                foreach (var venue in _venues)
                {
                    venue.Restart();
                }
            }

            PoolRelief.Grant();
            CancelOurs(status);
            Ask();
            var verified = IsVerified();
            _switch.Progress(s => s with { IsVerified = verified, Venues = [.. _venues.Select(v => v.State)] });
            if (verified && _switch.IsArmed && _closer.Close(status) is { } report)
            {
                _switch.Progress(s => s with { Flattened = report });
            }

            Wait(verified && (!_switch.IsArmed || _closer.IsDone) ? Watch : Pause);
        }
    }

    /// <summary>Our own orders go the usual way, too, so that the journal knows that they were cancelled and by whom.</summary>
    private void CancelOurs(KillStatus status)
    {
        foreach (var order in _boards.Orders.Where(o => o is { IsDone: false, CancelRequested: false } && !_closer.IsOurs(o.Id)))
        {
            _inbox.Post(new OrderFact(new CancelRequested(Timestamp.Now(_time), order.Id, $"{TradingControls.KillOrigin} by {status.By}")));
        }
    }

    private void Ask()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var rounds = Task.WhenAll(_venues.Select(v => v.RoundAsync(limit.Token)));
        if (!Task.WaitAll([rounds], RoundLimit))
        {
            PoolRelief.Grant();
            limit.Cancel();
            Task.WaitAll([rounds], RoundLimit);
        }
    }

    /// <summary>Empty books say nothing about an order that is still on its way to one.</summary>
    private bool IsVerified()
    {
        return _venues.All(v => v.IsVerified) && !_boards.Orders.Any(o => !o.IsDone && o.Knowledge is OrderKnowledge.InFlight or OrderKnowledge.Unknown && !_closer.IsOurs(o.Id));
    }

    private void Wait(TimeSpan pause)
    {
        using var timer = _time.CreateTimer(static wake => ((ManualResetEventSlim)wake!).Set(), _wake, pause, Timeout.InfiniteTimeSpan);
        _wake.Wait(pause + Patience);
    }
}
