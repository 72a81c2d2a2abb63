using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Errors;

/// <summary>A request that did not succeed.</summary>
/// <param name="Class">What it means.</param>
/// <param name="Error">The same for the host.</param>
internal sealed record Failure(ErrorClass Class, VenueError Error)
{
    /// <summary>Describes a failure of ours, before or after the wire.</summary>
    public static Failure Of(ErrorClass errorClass, string message) => new(errorClass, new VenueError(Verdicts.Of(errorClass).Kind, message));

    /// <summary>What a create that failed so has come to.</summary>
    public OrderOutcome OfCreate() => Outcome(Verdicts.Of(Class).Create);

    /// <summary>What a cancel that failed so has come to.</summary>
    public OrderOutcome OfCancel() => Outcome(Verdicts.Of(Class).Cancel);

    /// <summary>What an amendment that failed so has come to.</summary>
    public OrderOutcome OfAmend() => Outcome(Verdicts.OfAmend(Class));

    private OrderOutcome Outcome(Verdict verdict) => verdict switch
    {
        Verdict.NotSent => new OrderOutcome.NotSent(Error),
        Verdict.Rejected => new OrderOutcome.Rejected(Error),
        _ => new OrderOutcome.Unknown(Error),
    };
}
