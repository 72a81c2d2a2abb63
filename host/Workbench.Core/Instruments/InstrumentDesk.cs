using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Instruments;

/// <summary>Brings what is said about instruments into the <see cref="InstrumentBook"/> and tells what a person should know. Pipeline thread only.</summary>
internal sealed class InstrumentDesk(InstrumentBook book)
{
    /// <summary>Takes a message, when it is about instruments.</summary>
    public void Take(WorkbenchMessage message, Timestamp now, IStageOutput output)
    {
        switch (message)
        {
            case InstrumentsLoaded loaded:
                foreach (var notice in book.Load(loaded.Connection, loaded.Instruments, now))
                {
                    Tell(notice, now, output);
                }

                break;
            case InstrumentQuestioned questioned:
                book.Question(questioned.Connection, questioned.Symbol, questioned.Refusal, now);
                break;
            case InstrumentAccepted accepted when book.Accept(accepted.Connection, accepted.Symbol, now) is { } notice:
                Tell(notice with { Text = $"{notice.Text} (by {accepted.By})" }, now, output);
                break;
        }
    }

    private static void Tell(InstrumentBook.Notice notice, Timestamp now, IStageOutput output) =>
        output.Emit(new ConnectionNoticed(new ConnectionEvent(now, ConnectionEventKind.InstrumentChanged, notice.Connection, notice.Text), notice.IsAlarm));
}
