using Workbench.Core.Risk.Kill;
using Workbench.Sdk;

namespace Workbench.Control;

/// <summary>The kill switch over the control socket: <c>engage</c>, <c>clear</c> and <c>status</c>.</summary>
internal sealed class KillCommand(KillSwitch kill)
{
    private static readonly TimeSpan VerifyLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public void Run(ControlRequest request, ControlReply reply, CancellationToken cancellationToken)
    {
        switch (request["do"])
        {
            case "engage": Engage(request, reply, cancellationToken); break;
            case "clear": Clear(reply, cancellationToken); break;
            case "status": Status(reply); break;
            default: reply.Refuse("kill takes do=engage, do=clear or do=status"); break;
        }
    }

    private static string By => "command line";

    private void Engage(ControlRequest request, ControlReply reply, CancellationToken cancellationToken)
    {
        if (KillSwitch.Level(request["level"]) is not { } level)
        {
            reply.Refuse("the level is pause, cancel or flatten");
            return;
        }

        if (level == KillLevel.Flatten && request["arm"] != "yes")
        {
            reply.Refuse("closing positions is armed apart: say --flatten --arm. Nothing was done");
            return;
        }

        reply.Text(kill.Engage(level, By, request["reason"] is { Length: > 0 } reason ? reason : "asked for at the command line").Message);
        if (level > KillLevel.PauseNew)
        {
            Follow(reply, cancellationToken);
        }
    }

    /// <summary>Shows each change until it is verified.</summary>
    private void Follow(ControlReply reply, CancellationToken cancellationToken)
    {
        var shown = new HashSet<string>();
        for (var waited = TimeSpan.Zero; waited < VerifyLimit; waited += LookEvery)
        {
            if (kill.Status is not { } status)
            {
                reply.Refuse("somebody has cleared it meanwhile");
                return;
            }

            foreach (var line in Lines(status).Where(shown.Add))
            {
                reply.Text(line);
            }

            if (status.IsVerified && (!kill.IsArmed || status.Flattened.Count > 0))
            {
                reply.Ok("verified: every venue says that no order is open");
                return;
            }

            cancellationToken.WaitHandle.WaitOne(LookEvery);
            cancellationToken.ThrowIfCancellationRequested();
        }

        reply.Refuse($"not verified within {VerifyLimit.TotalSeconds:0} s; it goes on: workbench kill status");
    }

    private void Clear(ControlReply reply, CancellationToken cancellationToken)
    {
        var result = kill.Clear(By);
        for (var i = 0; i < 100 && result.IsDone && kill.Status is not null; i++)
        {
            cancellationToken.WaitHandle.WaitOne(LookEvery);
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (!result.IsDone)
        {
            reply.Refuse(result.Message);
        }
        else if (kill.Status is not null)
        {
            reply.Refuse("the journal has not taken it yet, and until then the kill switch stays engaged: is the disk full, or the pipeline stuck?");
        }
        else
        {
            reply.Ok("the kill switch is not engaged");
        }
    }

    private void Status(ControlReply reply)
    {
        if (kill.Status is not { } status)
        {
            reply.Ok("the kill switch is not engaged");
            return;
        }

        reply.Text($"engaged: {KillSwitch.Text(status)}, since {status.Since}{(status.IsJournaled ? "" : ", not in the journal yet")}");
        foreach (var line in Lines(status))
        {
            reply.Text(line);
        }

        reply.Ok(status.Level == KillLevel.PauseNew ? "" : status.IsVerified ? "verified: every venue says that no order is open" : "not verified yet");
    }

    private static IEnumerable<string> Lines(KillStatus status) =>
        status.Venues.Select(v => $"{v.Connection}: {(v.Open is { } open ? $"{open} open" : "open orders not known")}{(v.Problem is { } problem ? $"; {problem}" : "")}").Concat(status.Flattened);
}
