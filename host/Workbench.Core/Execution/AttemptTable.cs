using static Workbench.Core.Execution.AttemptAction;

namespace Workbench.Core.Execution;

/// <summary>Every pair of state and trigger, decided here and nowhere else.</summary>
/// <remarks>
/// Three cells are stricter than the usual textbook: a send refused while the order is seen working is looked up instead of believed, because two
/// words of the venue contradict each other; a proof of absence never ends an order that the venue once confirmed; and after the end only a word
/// that is newer by the venue's own clock opens an order again, because answers and streams overtake each other every day.
/// </remarks>
public static class AttemptTable
{
    private static readonly AttemptAction[][] Rows = Build();

    /// <summary>What a trigger means in a state.</summary>
    public static AttemptAction Decide(AttemptState state, AttemptTrigger trigger) => Rows[(int)trigger][(int)state];

    private static AttemptAction[][] Build()
    {
        var rows = new AttemptAction[Enum.GetValues<AttemptTrigger>().Length][];
        void On(AttemptTrigger trigger, params AttemptAction[] cells) => rows[(int)trigger] = cells;

        //                                    Draft            InFlight           Unknown            Pending              Live                 Partial              Filled       Ended               Rejected             Dead
        On(AttemptTrigger.Denied,             Abandon,         Impossible,        Impossible,        Impossible,          Impossible,          Impossible,          Impossible,  Impossible,         Impossible,          Impossible);
        On(AttemptTrigger.Prepared,           Send,            Impossible,        Impossible,        Impossible,          Impossible,          Impossible,          Impossible,  Impossible,         Impossible,          Impossible);
        On(AttemptTrigger.NotSent,            Impossible,      DieUnsent,         Impossible,        Impossible,          Impossible,          Impossible,          Impossible,  Impossible,         Impossible,          Impossible);
        On(AttemptTrigger.Refused,            Impossible,      Reject,            Reject,            Reject,              ProbeAlarm,          ProbeAlarm,          KeepAlarm,   Keep,               Keep,                Keep);
        On(AttemptTrigger.RefusedAsDuplicate, Impossible,      Doubt,             Probe,             Probe,               Keep,                Keep,                Keep,        Keep,               KeepAlarm,           KeepAlarm);
        On(AttemptTrigger.Ambiguous,          Impossible,      Doubt,             Keep,              Keep,                Keep,                Keep,                Keep,        Keep,               Keep,                Keep);
        On(AttemptTrigger.MixedUp,            Impossible,      DoubtAlarm,        ProbeAlarm,        ProbeAlarm,          KeepAlarm,           KeepAlarm,           KeepAlarm,   KeepAlarm,          KeepAlarm,           KeepAlarm);
        On(AttemptTrigger.SaidWorking,        AdoptAlarm,      Adopt,             Adopt,             Adopt,               Adopt,               Adopt,               Keep,        ReopenIfNewerAlarm, ReopenIfNewerAlarm,  AdoptAlarm);
        On(AttemptTrigger.SaidFilled,         AdoptAlarm,      Adopt,             Adopt,             Adopt,               Adopt,               Adopt,               Adopt,       AdoptAlarm,         AdoptAlarm,          AdoptAlarm);
        On(AttemptTrigger.SaidEnded,          AdoptAlarm,      Adopt,             Adopt,             Adopt,               Adopt,               Adopt,               KeepAlarm,   Adopt,              AdoptAlarm,          AdoptAlarm);
        On(AttemptTrigger.SaidRejected,       AdoptAlarm,      Adopt,             Adopt,             Adopt,               AdoptAlarm,          ProbeAlarm,          KeepAlarm,   Keep,               Keep,                Adopt);
        On(AttemptTrigger.ReadAbsent,         Keep,            Keep,              CountAbsence,      Watch,               Watch,               Watch,               Keep,        Keep,               Keep,                Keep);
        On(AttemptTrigger.ReadFailed,         Keep,            Keep,              Keep,              Keep,                Keep,                Keep,                Keep,        Keep,               Keep,                Keep);
        On(AttemptTrigger.ProvenDead,         Impossible,      KeepAlarm,         DieProven,         LostAlarm,           LostAlarm,           LostAlarm,           Keep,        Keep,               Keep,                Keep);
        On(AttemptTrigger.NewFill,            FillReopenAlarm, Fill,              Fill,              Fill,                Fill,                Fill,                OverfillAlarm,      FillLate,           FillReopenAlarm,     FillReopenAlarm);
        On(AttemptTrigger.RepeatedFill,       Keep,            Keep,              Keep,              Keep,                Keep,                Keep,                Keep,        Keep,               Keep,                Keep);
        On(AttemptTrigger.TakenBack,          Impossible,      TakeBackAlarm,     TakeBackAlarm,     TakeBackAlarm,       TakeBackAlarm,       TakeBackAlarm,       TakeBackAlarm, TakeBackAlarm,    TakeBackAlarm,       TakeBackAlarm);
        On(AttemptTrigger.CancelAsked,        Abandon,         RequestCancel,     RequestCancel,     RequestCancel,       RequestCancel,       RequestCancel,       Keep,        Keep,               RequestCancelAnyway, RequestCancelAnyway);
        On(AttemptTrigger.CancelAskedAgain,   Keep,            Keep,              Keep,              Keep,                Keep,                Keep,                Keep,        Keep,               Keep,                Keep);
        On(AttemptTrigger.CancelTaken,        Impossible,      Keep,              Watch,             Watch,               Watch,               Watch,               Keep,        Keep,               ClearCancel,         ClearCancel);
        On(AttemptTrigger.CancelRefused,      Impossible,      ClearCancel,       ClearCancel,       ClearCancel,         ClearCancel,         ClearCancel,         ClearCancel, ClearCancel,        ClearCancel,         ClearCancel);
        On(AttemptTrigger.CancelNotFound,     Impossible,      PostponeCancel,    PostponeCancel,    ClearCancelAndProbe, ClearCancelAndProbe, ClearCancelAndProbe, ClearCancel, ClearCancel,        ClearCancel,         ClearCancel);
        On(AttemptTrigger.CancelAmbiguous,    Impossible,      PostponeCancel,    PostponeCancel,    Probe,               Probe,               Probe,               ClearCancel, ClearCancel,        ClearCancel,         ClearCancel);
        On(AttemptTrigger.Restarted,          Abandon,         DoubtAfterRestart, DoubtAfterRestart, DoubtAfterRestart,   DoubtAfterRestart,   DoubtAfterRestart,   Keep,        Keep,               Keep,                Keep);
        return rows;
    }
}
