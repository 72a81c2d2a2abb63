using System.Text.Json;
using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Json;
using Workbench.Plugins.Binance.Trading;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.UserData;

/// <summary>What a message of the account's stream turned out to be.</summary>
internal enum UserMessageKind
{
    /// <summary>Not understood; the session was told.</summary>
    Bad,

    /// <summary>The session has what it says.</summary>
    Published,

    /// <summary>Nothing that is used.</summary>
    Ignored,

    /// <summary>The answer to a request.</summary>
    Answer,

    /// <summary>The subscription has ended.</summary>
    Terminated,

    /// <summary>The venue is about to close the connection.</summary>
    Shutdown,
}

/// <summary>Decodes the events of the account.</summary>
internal sealed class UserEventDecoder(Catalogue catalogue)
{
    public UserMessageKind Decode(ReadOnlyMemory<byte> payload, IUserStreamSession session)
    {
        if (!UserFrame.TryRead(payload.Span, out var frame))
        {
            return Bad(session, "a message that is not a JSON object");
        }

        try
        {
            return frame.Kind switch
            {
                [] => UserMessageKind.Answer,
                _ when frame.Kind.SequenceEqual("executionReport"u8) => Execution(frame.Body, session),
                _ when frame.Kind.SequenceEqual("outboundAccountPosition"u8) => Position(frame.Body, session),
                _ when frame.Kind.SequenceEqual("eventStreamTerminated"u8) => UserMessageKind.Terminated,
                _ when frame.Kind.SequenceEqual("serverShutdown"u8) => UserMessageKind.Shutdown,

                // balanceUpdate carries a difference and is followed by a position with the absolute values; the rest is about things that are not used.
                _ => UserMessageKind.Ignored,
            };
        }
        catch (JsonException)
        {
            return Bad(session, $"an event of kind {Utf8Text.Message(frame.Kind)} with a value of the wrong form");
        }
    }

    private static UserMessageKind Bad(IUserStreamSession session, string what)
    {
        session.BadMessage(what);
        return UserMessageKind.Bad;
    }

    private static UserMessageKind Position(ReadOnlySpan<byte> body, IUserStreamSession session)
    {
        var rows = JsonSerializer.Deserialize(body, BinanceJson.Default.PositionJson)?.Balances;
        if (Balances.All(rows?.ConvertAll(row => row.ToBalance())) is not { } balances)
        {
            return Bad(session, "an account position with a missing value");
        }

        session.Publish(balances);
        return UserMessageKind.Published;
    }

    private UserMessageKind Execution(ReadOnlySpan<byte> body, IUserStreamSession session)
    {
        var json = JsonSerializer.Deserialize(body, BinanceJson.Default.ExecutionJson)!;
        if (json.Symbol is not { } name || !catalogue.Current.TryGet(name, out var instrument))
        {
            return Bad(session, $"an executionReport of the unknown market {Utf8Text.Message(json.Symbol ?? "")}");
        }

        if (ExecutionReports.ReportOf(json, instrument.Symbol) is not { } report || !ExecutionReports.TryFill(json, report, out var fill))
        {
            return Bad(session, "an executionReport with a missing or impossible value");
        }

        // The fill first: who reads that the order is complete finds its fills already there.
        if (fill is not null)
        {
            session.Publish(fill);
        }

        session.Publish(report);
        return UserMessageKind.Published;
    }
}
