using System.Text.Json;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Server.Control;

/// <summary>What the control port tells.</summary>
internal static class ControlJson
{
    public static void Calls(Utf8JsonWriter json, IEnumerable<(string Method, string Path)> calls) =>
        Array(json, "calls", calls, static (w, call) => w.WriteStringValue($"{call.Method} {call.Path}"));

    public static void Venues(Utf8JsonWriter json, IEnumerable<VenueHandle> venues) => Array(json, "venues", venues, static (w, venue) =>
    {
        w.WriteStartObject();
        w.WriteString("name", venue.Name);
        w.WriteString("dialect", venue.Dialect);
        w.WriteStartObject("addresses");
        foreach (var (name, address) in venue.Addresses)
        {
            w.WriteString(name, address.ToString());
        }

        w.WriteEndObject();
        w.WriteNumber("symbols", venue.Symbols.Count);
        w.WriteEndObject();
    });

    public static void Catalogue(Utf8JsonWriter json) => Array(json, "faults", FaultCatalogue.All, static (w, fault) =>
    {
        w.WriteStartObject();
        w.WriteString("name", fault.Name);
        w.WriteString("ids", fault.Ids);
        w.WriteString("summary", fault.Summary);
        Array(w, "options", fault.Options, static (inner, option) =>
        {
            inner.WriteStartObject();
            inner.WriteString("name", option.Name);
            inner.WriteString("type", option.Type);
            inner.WriteString("range", option.Range);
            inner.WriteString("default", option.Default);
            inner.WriteString("description", option.Description);
            inner.WriteEndObject();
        });
        w.WriteEndObject();
    });

    public static void Active(Utf8JsonWriter json, IEnumerable<VenueHandle> venues) =>
        Array(json, "active", venues.SelectMany(v => v.Faults.Live.All.Select(f => (v.Name, Fault: f))), static (w, active) =>
        {
            w.WriteStartObject();
            w.WriteString("venue", active.Name);
            w.WriteString("fault", active.Fault.Name);
            w.WriteNumber("strikes", active.Fault.Hits);
            w.WriteStartObject("options");
            foreach (var (name, text) in active.Fault.Values.Written)
            {
                w.WriteString(name, text);
            }

            w.WriteEndObject();
            w.WriteEndObject();
        });

    public static void Transcript(Utf8JsonWriter json, IEnumerable<VenueHandle> venues) =>
        Array(json, "transcript", venues.SelectMany(v => v.Faults.Transcript.Select(r => (v.Name, Record: r))).OrderBy(r => r.Record.At), static (w, line) =>
        {
            w.WriteStartObject();
            w.WriteString("venue", line.Name);
            w.WriteString("at", FormattableString.Invariant($"{line.Record.At.TotalSeconds:0.000000}s"));
            w.WriteString("fault", line.Record.Fault);
            w.WriteNumber("strike", line.Record.Strike);
            w.WriteString("what", line.Record.What);
            w.WriteEndObject();
        });

    /// <summary>The members of an object as texts; numbers and flags as they are written.</summary>
    public static List<KeyValuePair<string, string>> Texts(JsonElement item) => item.ValueKind != JsonValueKind.Object
        ? throw new FaultException("Options are an object of texts, numbers and flags.")
        : [.. item.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Value.ValueKind switch
        {
            JsonValueKind.String => m.Value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => m.Value.GetRawText(),
            JsonValueKind.Array => string.Join(",", m.Value.EnumerateArray().Select(e => e.ToString())),
            _ => throw new FaultException($"'{m.Name}' must be a text, a number, a flag or a list."),
        }))];

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }
}
