// Says hello and shows the newest price.
// Run it: workbench run scripts/hello.csx --set name=Ada
Print($"Hello, {Args.Get("name", "trader")}. It is {Timestamp.Now(Clock)}.");
var quote = await Market.Quotes("BTC/USDT").FirstAsync(Stop);
Print($"{quote.Symbol} costs {quote.Mid} at {quote.Stamp.Connection}.");
