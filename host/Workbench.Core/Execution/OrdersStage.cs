using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Folds order facts into the state of our orders, and follows up what is unknown until the venue's word or a proof settles it.</summary>
internal sealed class OrdersStage(ExecutionLedger ledger, UnknownResolver resolver) : IStage
{
    public string Name => "orders";

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        switch (message)
        {
            case OrderFact fact:
                ledger.Apply(fact.Event, output);
                break;
            case AccountSynchronised synchronised:
                Perform(resolver.AllUnsettled(synchronised.Connection));
                break;
            case OpenOrdersRead read:
                Perform(resolver.Differing(read.Connection, read.Open));
                break;
            case TimePassed time:
                FollowUp(time.At, output);
                break;
        }

        return true;
    }

    private void Perform(IReadOnlyList<ExecutionEffect> effects)
    {
        foreach (var effect in effects)
        {
            ledger.Perform(effect);
        }
    }

    private void FollowUp(Timestamp now, IStageOutput output)
    {
        foreach (var effect in resolver.Due(now))
        {
            ledger.Perform(effect);
        }

        foreach (var proof in resolver.Proven(now))
        {
            ledger.Record(proof, output);
        }
    }
}
