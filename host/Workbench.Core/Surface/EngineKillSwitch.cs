using Workbench.Sdk;

namespace Workbench.Core.Surface;

/// <summary><see cref="IKillSwitch"/> over the engine, in the name of one origin.</summary>
internal sealed class EngineKillSwitch(WorkbenchEngine engine, string origin) : IKillSwitch
{
    public KillStatus? Engaged => engine.Kill.Status;

    public OperatorResult Engage(KillLevel level, string reason) =>
        level is KillLevel.PauseNew or KillLevel.CancelAll
            ? engine.Kill.Engage(level, origin, reason)
            : new OperatorResult(false, "positions are closed only by an operator who confirms it: workbench kill --flatten --arm");
}
