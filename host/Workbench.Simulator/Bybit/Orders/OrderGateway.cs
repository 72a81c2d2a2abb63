using System.Text.Json;
using Workbench.Simulator.Bybit.Service;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>The reply to an order operation, ready to be put into a REST or a trade-stream envelope.</summary>
internal sealed record GatewayReply(Reply Reply, Allowance? Allowance)
{
    /// <summary>What the operation pushed, to be let out before or after the answer; null when it was not executed.</summary>
    public PushGate.Caused? Pushes { get; init; }
}

/// <summary>
/// Order operations by name, whatever they arrive by: permission → rate window → is the service there → desk. REST and the trade stream share it
/// and so share the windows.
/// </summary>
internal sealed class OrderGateway(IOrderDesk desk, RateWindows windows, ServiceState service, PushGate gate, SimulatedVenue venue)
{
    private const int MaxSpotBatch = 10;
    private const int MaxLinearBatch = 20;
    private readonly Dictionary<string, Operation> _operations = new()
    {
        ["order.create"] = new(Limit.Create, desk.Create),
        ["order.amend"] = new(Limit.Amend, desk.Amend),
        ["order.cancel"] = new(Limit.Cancel, desk.Cancel),
        ["order.create-batch"] = new(Limit.CreateBatch, desk.Create, IsBatch: true),
        ["order.amend-batch"] = new(Limit.AmendBatch, desk.Amend, IsBatch: true),
        ["order.cancel-batch"] = new(Limit.CancelBatch, desk.Cancel, IsBatch: true),
    };

    public bool IsOperation(string name) => _operations.ContainsKey(name);

    public GatewayReply Run(string name, ApiCredential credential, JsonElement body)
    {
        var operation = _operations[name];
        var limit = operation.Limit.For(body.Text("category"));
        return operation.IsBatch
            ? Guarded(credential, limit, BatchSize(body), granted => Batch(operation, credential.Account, body, granted))
            : Guarded(credential, limit, 1, _ => Single(operation.Execute(credential.Account, body)));
    }

    public GatewayReply CancelAll(ApiCredential credential, JsonElement body) =>
        Guarded(credential, Limit.CancelAll.For(body.Text("category")), 1, _ => CancelAll(credential.Account, body));

    /// <summary>A setting of the account or of a position: guarded like an order.</summary>
    public GatewayReply Change(ApiCredential credential, Limit limit, Func<Reply> change) => Guarded(credential, limit, 1, _ => change());

    private GatewayReply Guarded(ApiCredential credential, Limit limit, int wanted, Func<int, Reply> run)
    {
        if (!credential.CanTrade)
        {
            return new GatewayReply(Reply.Fail(BybitError.PermissionDenied), null);
        }

        var granted = windows.Take(credential.Account.Id, limit.Endpoint, limit.PerSecond, wanted, venue.Clock.NowMillis, out var left);
        if (granted == 0 && wanted > 0)
        {
            return new GatewayReply(Reply.Fail(BybitError.TooManyVisits), left);
        }

        if (service.IsRefusing)
        {
            return new GatewayReply(Reply.Fail(BybitError.ServerError), left);
        }

        if (Postponement.Current is { } later)
        {
            later.Run(() =>
            {
                run(granted);
                return ValueTask.CompletedTask;
            });
            return new GatewayReply(Reply.Fail(BybitTraffic.Error(later.Answer)), left);
        }

        var (reply, pushes) = gate.Run(() => run(granted));
        return new GatewayReply(reply, left) { Pushes = pushes };
    }

    private static Reply Single(OrderAnswer answer) => answer.Error.IsNone ? Reply.Ok(answer.WriteIds) : Reply.Fail(answer.Error);

    private Reply CancelAll(Account account, JsonElement body)
    {
        var (error, cancelled) = desk.CancelAll(account, body);
        return error.IsNone
            ? Reply.Ok(writer =>
            {
                writer.WriteList("list", cancelled, static (w, answer) =>
                {
                    w.WriteStartObject();
                    answer.WriteIds(w);
                    w.WriteEndObject();
                });
                writer.WriteString("success", "1");
            })
            : Reply.Fail(error);
    }

    // The items that the rate window still let through are run; the rest are refused one by one.
    private static Reply Batch(Operation operation, Account account, JsonElement body, int granted)
    {
        var category = body.Text("category");
        var error = Categories.CheckTrading(category);
        var size = BatchSize(body);
        var most = category == Categories.Linear ? MaxLinearBatch : MaxSpotBatch;
        if (!error.IsNone || size == 0 || size > most)
        {
            return Reply.Fail(error.IsNone ? BybitError.Parameter($"The batch must hold 1 to {most} orders.") : error);
        }

        var answers = body.Member("request").EnumerateArray().Select((item, i) => i < granted
            ? operation.Execute(account, WithCategory(item, category)) with { Symbol = item.Text("symbol") }
            : OrderAnswer.Refused(BybitError.TooManyVisits, item.Text("orderLinkId")) with { Symbol = item.Text("symbol") }).ToList();
        return Reply.Ok(
            writer => writer.WriteList("list", answers, (w, answer) => WriteItem(w, answer, category)),
            writer => writer.WriteList("list", answers, static (w, answer) =>
            {
                w.WriteStartObject();
                w.WriteNumber("code", answer.Error.Code);
                w.WriteString("msg", answer.Error.Message);
                w.WriteEndObject();
            }));
    }

    private static void WriteItem(Utf8JsonWriter writer, OrderAnswer answer, string category)
    {
        writer.WriteStartObject();
        writer.WriteString("category", category);
        writer.WriteString("symbol", answer.Symbol);
        writer.WriteString("orderId", answer.OrderId);
        writer.WriteString("orderLinkId", answer.LinkId);
        writer.WriteString("createAt", answer.CreatedMillis == 0 ? "" : BybitJson.Text(answer.CreatedMillis));
        writer.WriteEndObject();
    }

    private static int BatchSize(JsonElement body)
    {
        var items = body.Member("request");
        return items.ValueKind == JsonValueKind.Array ? items.GetArrayLength() : 0;
    }

    // Items of a batch leave the category to the batch.
    private static JsonElement WithCategory(JsonElement item, string category)
    {
        var bytes = BybitJson.Object(writer =>
        {
            writer.WriteString("category", category);
            if (item.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in item.EnumerateObject().Where(m => m.Name != "category"))
                {
                    member.WriteTo(writer);
                }
            }
        });
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }

    private sealed record Operation(Limit Limit, Func<Account, JsonElement, OrderAnswer> Execute, bool IsBatch = false);
}
