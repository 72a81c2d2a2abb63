using System.Text.Json;
using System.Text.Unicode;
using Workbench.Plugins.Bybit.Json;
using Workbench.Plugins.Bybit.Streams;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.UserData;

/// <summary>What a message of the private socket is.</summary>
internal enum UserFrameKind
{
    /// <summary>A topic that this connector does not read.</summary>
    Other,

    /// <summary>An answer to a request of ours.</summary>
    Control,

    /// <summary>Orders.</summary>
    Orders,

    /// <summary>Executions.</summary>
    Executions,

    /// <summary>Balances.</summary>
    Wallet,
}

/// <summary>One message of the private socket. Rows are read one by one: a bad row is a problem of its own and takes no other row along.</summary>
internal sealed class UserFrame
{
    private ControlAnswer _control;

    /// <summary>What it is.</summary>
    public UserFrameKind Kind { get; private set; } = UserFrameKind.Control;

    /// <summary>When the venue made the message.</summary>
    public Timestamp? Time { get; private set; }

    /// <summary>The answer, when it is one.</summary>
    public ControlAnswer Control => _control;

    /// <summary>Orders, each with what was wrong in it.</summary>
    public List<(OrderRow Row, string? Problem)> Orders { get; } = [];

    /// <summary>Executions, each with what was wrong in it.</summary>
    public List<(ExecutionRow Row, string? Problem)> Executions { get; } = [];

    /// <summary>Coins that changed.</summary>
    public List<Balance> Balances { get; } = [];

    /// <summary>What was wrong beside the rows; the rows that could be read are there nevertheless.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads a message.</summary>
    public static UserFrame Decode(ReadOnlySpan<byte> payload)
    {
        var frame = new UserFrame();
        if (!Utf8.IsValid(payload))
        {
            frame.Problem = "it is no UTF-8";
            return frame;
        }

        try
        {
            frame.ReadEnvelope(payload);
            frame.ReadData(payload);
        }
        catch (JsonException)
        {
            frame.Problem = "it is no JSON";
        }

        return frame;
    }

    // The order of fields is not fixed, so the data are read in a second pass; this stream is no hot path.
    private void ReadEnvelope(ReadOnlySpan<byte> payload)
    {
        var cursor = new JsonCursor(payload);
        if (!cursor.EnterObject())
        {
            Problem = "it is no JSON object";
            return;
        }

        while (cursor.NextField())
        {
            if (cursor.Is("topic"u8))
            {
                Kind = KindOf(cursor.Text());
            }
            else if (cursor.Is("creationTime"u8))
            {
                Time = cursor.Time();
            }
            else
            {
                ControlReader.ReadField(ref cursor, ref _control);
            }
        }

        cursor.AtEnd();
        Problem = cursor.Problem;
    }

    // A topic may be asked for one category alone, as in "order.spot".
    private static UserFrameKind KindOf(string? topic) => topic?.Split('.') switch
    {
        ["order", ..] => UserFrameKind.Orders,
        ["execution"] or ["execution", "spot" or "linear" or "inverse" or "option"] => UserFrameKind.Executions,
        ["wallet"] => UserFrameKind.Wallet,
        _ => UserFrameKind.Other,
    };

    private void ReadData(ReadOnlySpan<byte> payload)
    {
        if (Kind is UserFrameKind.Control or UserFrameKind.Other || Problem is not null)
        {
            return;
        }

        var cursor = new JsonCursor(payload);
        cursor.EnterObject();
        while (cursor.NextField())
        {
            if (!cursor.Is("data"u8))
            {
                cursor.Skip();
            }
            else if (cursor.EnterArray())
            {
                ReadRows(ref cursor);
            }
        }

        Problem = cursor.Problem;
    }

    private void ReadRows(ref JsonCursor cursor)
    {
        while (cursor.NextObject())
        {
            switch (Kind)
            {
                case UserFrameKind.Orders:
                    Orders.Add((OrderRow.Read(ref cursor), cursor.TakeProblem()));
                    break;
                case UserFrameKind.Executions:
                    Executions.Add((ExecutionRow.Read(ref cursor), cursor.TakeProblem()));
                    break;
                default:
                    WalletRow.Read(ref cursor, Balances);
                    break;
            }
        }
    }
}
