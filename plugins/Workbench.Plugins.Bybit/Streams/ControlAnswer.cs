namespace Workbench.Plugins.Bybit.Streams;

/// <summary>An answer to a request on a socket. The three kinds of socket name the same things differently.</summary>
internal struct ControlAnswer
{
    /// <summary>Echo of the request's operation; the answer to a ping says <c>ping</c> or <c>pong</c>.</summary>
    public string? Operation;

    /// <summary>Echo of the request's id; null where the venue left it out.</summary>
    public string? RequestId;

    /// <summary>What the venue says in words.</summary>
    public string? Message;

    /// <summary>Yes or no, where it says so.</summary>
    public bool? Success;

    /// <summary>Zero for success, where it says so.</summary>
    public long? Code;

    /// <summary>True unless the venue said no in either way.</summary>
    public readonly bool IsYes => Success ?? Code is 0 or null;

    /// <summary>True for either form of the answer to a ping.</summary>
    public readonly bool IsPong => Operation is "pong" || (Operation is "ping" && IsYes);
}
