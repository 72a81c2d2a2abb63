using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Workbench.Sdk;

namespace Workbench.Core.Execution.Journal;

/// <summary>Writes and reads the payloads of all events: compact JSON with fixed names, so that a dump reads without tools. Lossless.</summary>
/// <remarks>A record type keeps its number for ever; a changed meaning is a new version, and old versions stay readable.</remarks>
internal sealed class EventCodec
{
    private const byte Version = 1;
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    public EventCodec() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Writes one event. The payload is valid until the next call.</summary>
    public Payload Write(ExecutionEvent e)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("at", e.At.UnixNanoseconds);
        var type = WriteFields(_json, e);
        _json.WriteEndObject();
        _json.Flush();
        return new Payload((byte)type, Version, _buffer.WrittenSpan);
    }

    /// <summary>Reads one event; false with the reason when the type or version is not known or the payload does not make sense.</summary>
    public static bool TryRead(byte type, byte version, ReadOnlySpan<byte> payload, [NotNullWhen(true)] out ExecutionEvent? e, [NotNullWhen(false)] out string? problem)
    {
        e = null;
        problem = null;
        if (version != Version || !Enum.IsDefined((RecordType)type))
        {
            problem = $"record type {type} version {version} was written by another Workbench";
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(payload);
            using var document = JsonDocument.ParseValue(ref reader);
            e = ReadFields((RecordType)type, document.RootElement);
            return true;
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            problem = failure.Message;
            return false;
        }
    }

    private static RecordType WriteFields(Utf8JsonWriter json, ExecutionEvent e)
    {
        switch (e)
        {
            case EpochStarted epoch:
                json.WriteNumber("epoch", epoch.Epoch);
                return RecordType.EpochStarted;
            case IntentCreated intent:
                json.WriteString("id", intent.Id.Value);
                json.WriteRequest("request", intent.Request);
                json.WriteString("origin", intent.Origin);
                json.WriteUnless("attempts", intent.MaxAttempts, 1);
                return RecordType.IntentCreated;
            case IntentDenied denied:
                json.WriteString("id", denied.Id.Value);
                json.WriteString("code", denied.Code);
                json.WriteString("reason", denied.Reason);
                return RecordType.IntentDenied;
            case AttemptPrepared prepared:
                json.WriteString("id", prepared.Id.Value);
                json.WriteString("connection", prepared.Connection.Value);
                json.WriteBoolean("backup", prepared.IsBackup);
                json.WriteBoolean("simulated", prepared.IsSimulated);
                json.WriteNewOrder("order", prepared.Order);
                return RecordType.AttemptPrepared;
            case AttemptAnswered answered:
                json.WriteString("id", answered.Id.Value);
                json.WriteOutcome("outcome", answered.Outcome);
                return RecordType.AttemptAnswered;
            case OrderReported reported:
                json.WriteString("connection", reported.Connection.Value);
                json.WriteReport("report", reported.Report);
                return RecordType.OrderReported;
            case FillReported reported:
                json.WriteString("connection", reported.Connection.Value);
                json.WritePropertyName("fill");
                json.WriteFill(reported.Fill);
                return RecordType.FillReported;
            default:
                return WriteFollowUp(json, e);
        }
    }

    private static RecordType WriteFollowUp(Utf8JsonWriter json, ExecutionEvent e)
    {
        switch (e)
        {
            case CancelRequested cancel:
                json.WriteString("id", cancel.Id.Value);
                json.WriteString("origin", cancel.Origin);
                return RecordType.CancelRequested;
            case CancelAnswered answered:
                json.WriteString("id", answered.Id.Value);
                json.WriteOutcome("outcome", answered.Outcome);
                return RecordType.CancelAnswered;
            case OrderLookedUp lookedUp:
                json.WriteString("id", lookedUp.Id.Value);
                json.WriteNumber("asked", lookedUp.AskedAt.UnixNanoseconds);
                json.WriteRead("answer", lookedUp.Answer);
                return RecordType.OrderLookedUp;
            case DeadProven proven:
                json.WriteString("id", proven.Id.Value);
                json.WriteString("evidence", proven.Evidence);
                return RecordType.DeadProven;
            case KillEngaged kill:
                json.WriteString("level", kill.Level.ToString());
                json.WriteString("by", kill.By);
                json.WriteString("reason", kill.Reason);
                return RecordType.KillEngaged;
            case KillCleared cleared:
                json.WriteString("by", cleared.By);
                return RecordType.KillCleared;
            case LimitChanged limits:
                json.WriteString("before", limits.Before);
                json.WriteString("after", limits.After);
                return RecordType.LimitChanged;
            default:
                throw new ArgumentException($"{e.GetType().Name} has no record type.", nameof(e));
        }
    }

    private static ExecutionEvent ReadFields(RecordType type, JsonElement json)
    {
        var at = json.Time("at");
        return type switch
        {
            RecordType.EpochStarted => new EpochStarted(at, json.GetProperty("epoch").GetInt32()),
            RecordType.IntentCreated => new IntentCreated(at, json.ClientId("id"), json.GetProperty("request").Request(), json.Text("origin")) { MaxAttempts = json.Count("attempts", 1) },
            RecordType.IntentDenied => new IntentDenied(at, json.ClientId("id"), json.Text("code"), json.Text("reason")),
            RecordType.AttemptPrepared => new AttemptPrepared(
                at, json.ClientId("id"), json.Connection("connection"), json.Flag("backup"), json.Flag("simulated"), json.GetProperty("order").NewOrder()),
            RecordType.AttemptAnswered => new AttemptAnswered(at, json.ClientId("id"), json.GetProperty("outcome").Outcome()),
            RecordType.OrderReported => new OrderReported(at, json.Connection("connection"), json.GetProperty("report").Report()),
            RecordType.FillReported => new FillReported(at, json.Connection("connection"), json.GetProperty("fill").Fill()),
            RecordType.CancelRequested => new CancelRequested(at, json.ClientId("id"), json.Text("origin")),
            RecordType.CancelAnswered => new CancelAnswered(at, json.ClientId("id"), json.GetProperty("outcome").Outcome()),
            RecordType.OrderLookedUp => new OrderLookedUp(at, json.ClientId("id"), json.GetProperty("answer").Read(), json.Time("asked")),
            RecordType.KillEngaged => new KillEngaged(at, json.Named<KillLevel>("level"), json.Text("by"), json.Text("reason")),
            RecordType.KillCleared => new KillCleared(at, json.Text("by")),
            RecordType.LimitChanged => new LimitChanged(at, json.Text("before"), json.Text("after")),
            _ => new DeadProven(at, json.ClientId("id"), json.Text("evidence")),
        };
    }

    /// <summary>One written payload.</summary>
    internal readonly ref struct Payload(byte type, byte version, ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public void Deconstruct(out byte recordType, out byte recordVersion, out ReadOnlySpan<byte> payload)
        {
            recordType = type;
            recordVersion = version;
            payload = _bytes;
        }
    }
}
