using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Workbench.Simulator.Server.Control;

/// <summary>One request to the control port.</summary>
internal sealed class ControlCall(HttpContext context)
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true };

    /// <summary>The venue that the query names; null: all.</summary>
    public string? Venue => context.Request.Query["venue"] is [{ Length: > 0 } venue, ..] ? venue : null;

    public Stream Body => context.Request.Body;

    public CancellationToken Cancelled => context.RequestAborted;

    public Task AnswerAsync(Action<Utf8JsonWriter> write) => WriteAsync(200, write);

    public Task FailAsync(int status, string message) => WriteAsync(status, json => json.WriteString("error", message));

    private async Task WriteAsync(int status, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = buffer.Length;
        await context.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), Cancelled).ConfigureAwait(false);
    }
}
