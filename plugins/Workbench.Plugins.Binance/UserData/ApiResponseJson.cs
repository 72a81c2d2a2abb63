namespace Workbench.Plugins.Binance.UserData;

/// <summary>An answer of the WebSocket API, as far as it is used.</summary>
internal sealed record ApiResponseJson(int? Status, ApiErrorJson? Error);

/// <summary>The error of an answer.</summary>
internal sealed record ApiErrorJson(int? Code, string? Msg, ApiErrorDataJson? Data);

/// <summary>When to come back, both in milliseconds since 1970.</summary>
internal sealed record ApiErrorDataJson(long? ServerTime, long? RetryAfter);
