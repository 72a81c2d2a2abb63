namespace Workbench.Simulator.Faults;

/// <summary>The one place where outgoing messages meet the faults.</summary>
internal static class FrameFaults
{
    public static void Post(FaultLab lab, FramePost post)
    {
        foreach (var fault in lab.Live.Frames)
        {
            if (post.Frames.Count > 0 && fault.Concerns(post.Info))
            {
                fault.Definition.OnFrame!(fault, post);
            }
        }

        Send(post);
    }

    /// <summary>Sends what is left of it.</summary>
    public static void Send(FramePost post)
    {
        foreach (var frame in post.Frames)
        {
            post.Outbox.Enqueue(frame);
        }

        if (post.Close is { } close)
        {
            post.Outbox.Break(close.Code, close.Reason);
        }
    }
}
