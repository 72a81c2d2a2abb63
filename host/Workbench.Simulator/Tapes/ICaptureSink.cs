namespace Workbench.Simulator.Tapes;

/// <summary>Where a played capture goes. Delivery waits for slow readers, so nothing is ever dropped.</summary>
internal interface ICaptureSink
{
    ValueTask DeliverAsync(CaptureEvent e, CancellationToken cancellationToken);

    /// <summary>The tape is over: say goodbye to the clients.</summary>
    void End();
}
