namespace Workbench.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCodes
{
    /// <summary>Everything went well, or was stopped when asked to.</summary>
    public const int Ok = 0;

    /// <summary>The script, or the host while it ran, failed.</summary>
    public const int Failed = 1;

    /// <summary>The script could not be compiled.</summary>
    public const int NotCompiled = 2;

    /// <summary>Bad configuration or usage; nothing was begun.</summary>
    public const int Usage = 3;

    /// <summary>The command talks to a running host, and none runs on that data folder.</summary>
    public const int NoHost = 4;
}
