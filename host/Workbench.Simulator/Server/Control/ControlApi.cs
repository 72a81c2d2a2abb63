using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Server.Control;

/// <summary>The calls of the control port: JSON in, JSON out, errors as <c>{"error": "..."}</c>.</summary>
internal sealed class ControlApi
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };
    private readonly SimulatorHost _simulator;
    private readonly Dictionary<(string Method, string Path), Func<ControlCall, Task>> _calls;

    public ControlApi(SimulatorHost simulator)
    {
        _simulator = simulator;
        _calls = new Dictionary<(string Method, string Path), Func<ControlCall, Task>>
        {
            [("GET", "/")] = call => call.AnswerAsync(json => ControlJson.Calls(json, _calls!.Keys)),
            [("GET", "/venues")] = call => call.AnswerAsync(json => ControlJson.Venues(json, simulator.Venues.Values)),
            [("GET", "/faults")] = static call => call.AnswerAsync(ControlJson.Catalogue),
            [("GET", "/active")] = call => call.AnswerAsync(json => ControlJson.Active(json, Chosen(call.Venue))),
            [("GET", "/transcript")] = call => call.AnswerAsync(json => ControlJson.Transcript(json, Chosen(call.Venue))),
            [("POST", "/inject")] = InjectAsync,
            [("POST", "/clear")] = ClearAsync,
            [("POST", "/schedule")] = ScheduleAsync,
        };
    }

    public async Task HandleAsync(HttpContext context)
    {
        var call = new ControlCall(context);
        if (Refusal(context.Request) is { } refusal)
        {
            await call.FailAsync(refusal.Status, refusal.Message).ConfigureAwait(false);
            return;
        }

        var path = context.Request.Path.Value ?? "";
        if (!_calls.TryGetValue((context.Request.Method, path), out var handle))
        {
            await call.FailAsync(404, $"There is no call '{context.Request.Method} {path}'{Nearest.Hint($"{context.Request.Method} {path}", [.. _calls.Keys.Select(k => $"{k.Method} {k.Path}")])}").ConfigureAwait(false);
            return;
        }

        try
        {
            await handle(call).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FaultException or JsonException or PortInUseException)
        {
            await call.FailAsync(400, e is JsonException ? $"The body is not right: {e.Message}" : e.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await call.FailAsync(e.StatusCode, e.Message).ConfigureAwait(false);
        }
    }

    // A page in a browser reaches loopback too: by a name that resolves to it, or from another origin.
    private static (int Status, string Message)? Refusal(HttpRequest request) =>
        request.Host.Host is not ("127.0.0.1" or "localhost") ? (400, "The Host header must be that of this machine.")
        : request.Headers.ContainsKey("Origin") ? (403, "Requests of web pages are refused.")
        : request.Method == "POST" && request.ContentType?.Split(';')[0].Trim() != "application/json" ? (415, "Send application/json.")
        : null;

    private async Task InjectAsync(ControlCall call)
    {
        var fields = await ReadAsync(call, "venue", "fault", "options").ConfigureAwait(false);
        var options = fields.TryGetProperty("options", out var given) ? ControlJson.Texts(given) : [];
        var name = Text(fields, "fault") ?? throw new FaultException("Name the fault.");
        foreach (var venue in Chosen(Text(fields, "venue")))
        {
            await venue.Faults.InjectAsync(name, options, call.Cancelled).ConfigureAwait(false);
        }

        await call.AnswerAsync(json => ControlJson.Active(json, Chosen(Text(fields, "venue")))).ConfigureAwait(false);
    }

    private async Task ClearAsync(ControlCall call)
    {
        var fields = await ReadAsync(call, "venue", "fault").ConfigureAwait(false);
        var fault = Text(fields, "fault");
        if (fault is not null)
        {
            FaultCatalogue.Find(fault);
        }

        foreach (var venue in Chosen(Text(fields, "venue")))
        {
            await (fault is null ? venue.Faults.ClearAllAsync(call.Cancelled) : venue.Faults.ClearAsync(fault, call.Cancelled)).ConfigureAwait(false);
        }

        await call.AnswerAsync(json => ControlJson.Active(json, Chosen(Text(fields, "venue")))).ConfigureAwait(false);
    }

    private async Task ScheduleAsync(ControlCall call)
    {
        var fields = await ReadAsync(call, "faults").ConfigureAwait(false);
        if (!fields.TryGetProperty("faults", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new FaultException("Send {\"faults\": [{\"at\": \"10s\", \"fault\": \"black-hole\"}]}.");
        }

        var read = list.EnumerateArray().Select((entry, i) => (Number: i + 1, Read: FaultPlan.Read(ControlJson.Texts(entry)))).ToList();
        if (read.Exists(r => r.Read.Problem is not null))
        {
            throw new FaultException(string.Join(Environment.NewLine, read.Where(r => r.Read.Problem is not null).Select(r => $"entry {r.Number}: {r.Read.Problem}")));
        }

        _simulator.Schedule([.. read.Select(r => r.Read.Plan!)]);
        await call.AnswerAsync(json => json.WriteNumber("scheduled", read.Count)).ConfigureAwait(false);
    }

    private IReadOnlyList<VenueHandle> Chosen(string? venue) => venue is null ? [.. _simulator.Venues.Values]
        : _simulator.Venues.TryGetValue(venue, out var found) ? [found]
        : throw new FaultException($"There is no venue '{venue}'{Nearest.Hint(venue, [.. _simulator.Venues.Keys])}");

    private static async Task<JsonElement> ReadAsync(ControlCall call, params string[] known)
    {
        using var document = await JsonDocument.ParseAsync(call.Body, Strict, call.Cancelled).ConfigureAwait(false);
        var root = document.RootElement.Clone();
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FaultException("The body must be an object.");
        }

        foreach (var name in root.EnumerateObject().Select(m => m.Name).Where(n => !known.Contains(n)))
        {
            throw new FaultException($"Unknown member '{name}'{Nearest.Hint(name, known)}");
        }

        return root;
    }

    private static string? Text(JsonElement fields, string name) => !fields.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new FaultException($"Member '{name}' must be a text.");
}
