using Workbench.Core.Pipeline;

namespace Workbench.Core.Execution;

/// <summary>Writes every order fact down before anyone acts on it. Market data is not journaled; a tape is its recording.</summary>
internal sealed class JournalStage(ExecutionLedger ledger) : IStage
{
    public string Name => "journal";

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        if (message is OrderFact fact)
        {
            ledger.Write(fact.Event);
        }

        return true;
    }
}
