using LiteDB;
using Workbench.Sdk;

namespace Workbench.Storage;

/// <summary>Single fields of the history's documents.</summary>
internal static class Fields
{
    public static BsonValue Of(decimal? value) => value is { } number ? new BsonValue(number) : BsonValue.Null;

    public static BsonValue Of(string? value) => value is null ? BsonValue.Null : new BsonValue(value);

    public static string? Text(BsonValue value) => value.IsNull ? null : value.AsString;

    public static Price? Price(BsonValue value) => value.IsNull ? null : new Price(value.AsDecimal);

    public static ConnectionId? Connection(BsonValue value) => value.IsNull ? null : new ConnectionId(value.AsString);

    public static T Enum<T>(BsonValue value)
        where T : struct, Enum => System.Enum.Parse<T>(value.AsString);
}
