using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;

namespace Workbench.Simulator.Bybit.Service;

internal enum MaintenanceState
{
    Scheduled,
    Ongoing,
    Completed,
}

/// <summary>One entry of <c>/v5/system/status</c> and of the <c>system.status</c> topic. Immutable.</summary>
internal sealed record StatusEntry(string Id, string Title, long BeginMillis, long EndMillis)
{
    private static readonly int[] ServiceTypes = [2, 3, 4, 5];
    private static readonly int[] Products = [1, 2];

    public MaintenanceState State { get; init; }

    public string StateText => State switch
    {
        MaintenanceState.Scheduled => "scheduled",
        MaintenanceState.Ongoing => "ongoing",
        _ => "completed",
    };

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        writer.WriteString("title", Title);
        writer.WriteString("state", StateText);
        writer.WriteText("begin", BeginMillis);
        writer.WriteText("end", EndMillis);
        writer.WriteString("href", "");
        writer.WriteList("serviceTypes", ServiceTypes, static (w, type) => w.WriteNumberValue(type));
        writer.WriteList("product", Products, static (w, product) => w.WriteNumberValue(product));
        writer.WriteList<string>("uidSuffix", [], static (_, _) => { });
        writer.WriteNumber("maintainType", 1);
        writer.WriteNumber("env", 1);
        writer.WriteEndObject();
    }
}
