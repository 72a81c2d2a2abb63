using System.Text.Json;

namespace Workbench.Simulator.Bybit.Wire;

/// <summary>What an endpoint answers, before it is put into an envelope: an error, or rendered result and retExtInfo.</summary>
internal sealed record Reply(BybitError Error, ReadOnlyMemory<byte> Result, ReadOnlyMemory<byte> Extra)
{
    private static readonly byte[] Empty = "{}"u8.ToArray();

    public static Reply Ok(Action<Utf8JsonWriter> result, Action<Utf8JsonWriter>? extra = null) =>
        new(BybitError.None, BybitJson.Object(result), extra is null ? Empty : BybitJson.Object(extra));

    public static Reply Fail(BybitError error) => new(error, Empty, Empty);

    public byte[] ToEnvelope(long timeMillis) => BybitJson.Object(writer =>
    {
        writer.WriteNumber("retCode", Error.Code);
        writer.WriteString("retMsg", Error.Message);
        writer.WritePropertyName("result");
        writer.WriteRawValue(Result.Span, skipInputValidation: true);
        writer.WritePropertyName("retExtInfo");
        writer.WriteRawValue(Extra.Span, skipInputValidation: true);
        writer.WriteNumber("time", timeMillis);
    });
}
