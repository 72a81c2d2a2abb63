using System.Text.Json.Serialization;
using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Market;
using Workbench.Plugins.Binance.Trading;
using Workbench.Plugins.Binance.UserData;

namespace Workbench.Plugins.Binance.Json;

/// <summary>Readers of the messages that are not on the hot path, made at compile time. Unknown fields are skipped; enumerations stay text.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(DecimalTextConverter)], GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ServerTimeJson))]
[JsonSerializable(typeof(ExchangeInfoJson))]
[JsonSerializable(typeof(List<BookTickerJson>))]
[JsonSerializable(typeof(OrderJson))]
[JsonSerializable(typeof(List<OrderJson>))]
[JsonSerializable(typeof(List<MyTradeJson>))]
[JsonSerializable(typeof(AmendJson))]
[JsonSerializable(typeof(CancelReplaceJson))]
[JsonSerializable(typeof(CancelReplaceErrorJson))]
[JsonSerializable(typeof(AccountJson))]
[JsonSerializable(typeof(KeyRestrictionsJson))]
[JsonSerializable(typeof(ExecutionJson))]
[JsonSerializable(typeof(PositionJson))]
[JsonSerializable(typeof(ApiResponseJson))]
internal sealed partial class BinanceJson : JsonSerializerContext;
