import assert from 'node:assert/strict';
import ccxt from 'ccxt';
import { away, client, symbol } from '../lib/ccxt-binance.mjs';
import { ascending, charged, near, rejects } from '../lib/expect.mjs';

export const venue = 'binance';

export default async function suite(report, address) {
  const exchange = client(ccxt.binance, address);
  await market(report, exchange);
  await resting(report, exchange);
  await taking(report, exchange);
  await conditional(report, exchange);
  await refusals(report, exchange, address);
}

async function market(report, exchange) {
  await report.check('load markets', async () => {
    const markets = await exchange.loadMarkets();
    const btc = markets[symbol];
    assert.equal(btc.id, 'BTCUSDT');
    assert.equal(btc.type, 'spot');
    assert.equal(btc.active, true);
    assert.equal(btc.precision.price, 0.01);
    assert.equal(btc.precision.amount, 0.00001);
    assert.equal(btc.limits.amount.min, 0.00001);
    assert.equal(btc.limits.cost.min, 5);
    assert.equal(Object.keys(markets).length, 20);
  });

  await report.check('currencies of the wallet', async () => {
    const bitcoin = exchange.currencies.BTC;
    // Nothing can be sent in or out of a simulated venue.
    assert.deepEqual([bitcoin.active, bitcoin.deposit, bitcoin.withdraw], [true, false, false]);
    assert.equal(bitcoin.networks.BTC.id, 'BTC');
    assert.equal((await exchange.fetchStatus()).status, 'ok');
  });

  await report.check('trading fee', async () => {
    const fee = await exchange.fetchTradingFee(symbol);
    assert.deepEqual([fee.symbol, fee.maker, fee.taker], [symbol, 0.001, 0.001]);
    assert.equal(Object.keys(await exchange.fetchTradingFees()).length, 20);
  });

  await report.check('server time', async () => {
    assert.ok(Math.abs((await exchange.fetchTime()) - Date.now()) < 5000);
    assert.ok(Math.abs(await exchange.loadTimeDifference()) < 5000);
    exchange.options.timeDifference = 0;
  });

  await report.check('ticker', async () => {
    const ticker = await exchange.fetchTicker(symbol);
    assert.equal(ticker.symbol, symbol);
    assert.ok(ticker.bid < ticker.ask, `${ticker.bid} < ${ticker.ask}`);
    assert.ok(ticker.low <= ticker.last && ticker.last <= ticker.high, `${ticker.low} ${ticker.last} ${ticker.high}`);
    assert.ok(ticker.baseVolume > 0 && ticker.quoteVolume > ticker.baseVolume);
    near(ticker.change, ticker.last - ticker.open, 'change');
  });

  await report.check('tickers, best prices and last prices of several markets', async () => {
    const symbols = [symbol, 'ETH/USDT'];
    assert.deepEqual(Object.keys(await exchange.fetchTickers(symbols)).sort(), symbols);
    const best = await exchange.fetchBidsAsks(symbols);
    assert.ok(best['ETH/USDT'].bid < best['ETH/USDT'].ask);
    const last = await exchange.fetchLastPrices(symbols);
    assert.ok(last[symbol].price > last['ETH/USDT'].price);
  });

  await report.check('order book', async () => {
    const book = await exchange.fetchOrderBook(symbol, 10);
    assert.deepEqual([book.bids.length, book.asks.length], [10, 10]);
    ascending(book.asks.map(([price]) => price), 'asks');
    ascending(book.bids.map(([price]) => price).reverse(), 'bids');
    assert.ok(book.bids[0][0] < book.asks[0][0]);
    assert.ok(book.nonce > 0);
  });

  await report.check('public trades', async () => {
    for (const fetchTradesMethod of ['publicGetAggTrades', 'publicGetTrades', 'publicGetHistoricalTrades']) {
      const trades = await exchange.fetchTrades(symbol, undefined, 10, { fetchTradesMethod });
      assert.ok(trades.length > 0 && trades.length <= 10, `${trades.length}`);
      ascending(trades.map((trade) => Number(trade.id)), `${fetchTradesMethod}: ids`);
      assert.ok(trades.every((trade) => ['buy', 'sell'].includes(trade.side) && trade.price > 0));
      near(trades[0].cost, trades[0].price * trades[0].amount, 'cost');
    }
  });

  await report.check('klines', async () => {
    const candles = await exchange.fetchOHLCV(symbol, '1m', undefined, 5);
    assert.equal(candles.length, 5);
    assert.deepEqual(candles.map((c, i) => c[0] - candles[0][0] - i * 60000), [0, 0, 0, 0, 0]);
    assert.ok(candles.every(([, open, high, low, close]) => low <= Math.min(open, close) && Math.max(open, close) <= high));
    const since = await exchange.fetchOHLCV(symbol, '1m', candles[1][0], 2);
    assert.deepEqual(since.map(([time]) => time), [candles[1][0], candles[2][0]]);
  });
}

async function resting(report, exchange) {
  const ticker = await exchange.fetchTicker(symbol);
  const price = away(exchange, ticker, 0.9);
  const clientOrderId = 'resting-1';
  let before;
  let order;

  await report.check('balance', async () => {
    before = await exchange.fetchBalance();
    assert.ok(before.USDT.free > 0 && before.BTC.free > 0);
    near(before.USDT.total, before.USDT.free + before.USDT.used, 'total');
  });

  await report.check('limit order rests and locks its cost', async () => {
    order = await exchange.createOrder(symbol, 'limit', 'buy', 0.01, price, { clientOrderId });
    assert.deepEqual(
      [order.status, order.type, order.side, order.amount, order.price, order.filled, order.remaining, order.clientOrderId, order.timeInForce],
      ['open', 'limit', 'buy', 0.01, price, 0, 0.01, clientOrderId, 'GTC']);
    const after = await exchange.fetchBalance();
    near(after.USDT.used - before.USDT.used, price * 0.01, 'locked');
    near(after.USDT.total, before.USDT.total, 'total');
  });

  await report.check('query by client id', async () => {
    const found = await exchange.fetchOrder(undefined, symbol, { clientOrderId });
    assert.deepEqual([found.id, found.status, found.amount, found.price], [order.id, 'open', 0.01, price]);
  });

  await report.check('open orders', async () => {
    assert.deepEqual((await exchange.fetchOpenOrders(symbol)).map((o) => [o.id, o.price, o.amount]), [[order.id, price, 0.01]]);
    assert.deepEqual(await exchange.fetchOpenOrders('ETH/USDT'), []);
  });

  await report.check('edit replaces the order', async () => {
    const edited = await exchange.editOrder(order.id, symbol, 'limit', 'buy', 0.02, away(exchange, ticker, 0.91));
    assert.notEqual(edited.id, order.id);
    assert.deepEqual([edited.status, edited.amount, edited.price], ['open', 0.02, away(exchange, ticker, 0.91)]);
    assert.equal((await exchange.fetchOrder(order.id, symbol)).status, 'canceled');
    assert.match(edited.clientOrderId, /^x-TKT5PX2F/);
    order = edited;
  });

  await report.check('cancel frees the balance', async () => {
    const canceled = await exchange.cancelOrder(order.id, symbol);
    assert.deepEqual([canceled.id, canceled.status], [order.id, 'canceled']);
    assert.equal((await exchange.fetchOrder(order.id, symbol)).status, 'canceled');
    near((await exchange.fetchBalance()).USDT.used, before.USDT.used, 'locked');
  });

  await report.check('cancel all', async () => {
    const placed = await Promise.all([0.9, 0.89].map((factor) => exchange.createOrder(symbol, 'limit', 'buy', 0.01, away(exchange, ticker, factor))));
    const canceled = await exchange.cancelAllOrders(symbol);
    assert.deepEqual(canceled.map((o) => o.id).sort(), placed.map((o) => o.id).sort());
    assert.deepEqual(await exchange.fetchOpenOrders(symbol), []);
  });

  await report.check('order history', async () => {
    const orders = await exchange.fetchOrders(symbol);
    assert.equal(orders.length, 4);
    assert.ok(orders.every((o) => o.status === 'canceled' && o.filled === 0));
    assert.equal((await exchange.fetchCanceledOrders(symbol)).length, 4);
  });
}

async function taking(report, exchange) {
  const fee = 0.001;

  await report.check('market order fills, is charged and appears in my trades', async () => {
    const before = await exchange.fetchBalance();
    const order = await exchange.createOrder(symbol, 'market', 'buy', 0.01);
    assert.deepEqual([order.status, order.filled, order.remaining, order.type], ['closed', 0.01, 0, 'market']);
    near(order.average, order.cost / order.filled, 'average');
    const trades = await exchange.fetchMyTrades(symbol, undefined, undefined, { orderId: order.id });
    near(trades.reduce((sum, t) => sum + t.amount, 0), 0.01, 'traded');
    near(trades.reduce((sum, t) => sum + t.cost, 0), order.cost, 'paid');
    assert.ok(trades.every((t) => t.order === order.id && t.side === 'buy' && t.takerOrMaker === 'taker' && t.fee.currency === 'BTC'));
    const paid = charged(trades.map((t) => t.fee.cost), 0.01 * fee);
    const after = await exchange.fetchBalance();
    near(after.BTC.total - before.BTC.total, 0.01 - paid, 'BTC');
    near(before.USDT.total - after.USDT.total, order.cost, 'USDT');
  });

  await report.check('market buy by cost spends no more than that', async () => {
    const order = await exchange.createMarketBuyOrderWithCost(symbol, 100);
    assert.equal(order.status, 'closed');
    assert.ok(order.cost <= 100 && order.cost > 99, `${order.cost}`);
  });

  await report.check('limit order that crosses trades at the price that rests', async () => {
    const book = await exchange.fetchOrderBook(symbol, 5);
    const limit = Number(exchange.priceToPrecision(symbol, book.bids[0][0] * 0.99));
    const order = await exchange.createOrder(symbol, 'limit', 'sell', 0.01, limit);
    assert.deepEqual([order.status, order.filled, order.price], ['closed', 0.01, limit]);
    assert.ok(order.average > limit, `${order.average} > ${limit}`);
    const [trade] = await exchange.fetchMyTrades(symbol, undefined, undefined, { orderId: order.id });
    assert.deepEqual([trade.side, trade.fee.currency], ['sell', 'USDT']);
    charged([trade.fee.cost], trade.cost * fee);
  });

  await report.check('closed orders', async () => {
    const orders = await exchange.fetchClosedOrders(symbol);
    assert.deepEqual(orders.map((o) => [o.type, o.side, o.status]), [['market', 'buy', 'closed'], ['market', 'buy', 'closed'], ['limit', 'sell', 'closed']]);
  });

  await report.check('IOC and FOK without a match expire', async () => {
    const price = away(exchange, await exchange.fetchTicker(symbol), 0.9);
    for (const timeInForce of ['IOC', 'FOK']) {
      const order = await exchange.createOrder(symbol, 'limit', 'buy', 0.01, price, { timeInForce });
      assert.deepEqual([order.status, order.filled, order.timeInForce], ['expired', 0, timeInForce]);
    }
  });

  await report.check('post-only order rests when it does not take', async () => {
    const price = away(exchange, await exchange.fetchTicker(symbol), 0.9);
    const order = await exchange.createOrder(symbol, 'limit', 'buy', 0.01, price, { postOnly: true });
    assert.deepEqual([order.status, order.type, order.postOnly], ['open', 'limit', true]);
    await exchange.cancelOrder(order.id, symbol);
  });
}

async function conditional(report, exchange) {
  await report.check('stop-limit order waits for its trigger', async () => {
    const ticker = await exchange.fetchTicker(symbol);
    const [price, triggerPrice] = [away(exchange, ticker, 0.89), away(exchange, ticker, 0.9)];
    const placed = await exchange.createOrder(symbol, 'limit', 'sell', 0.01, price, { triggerPrice });
    const order = await exchange.fetchOrder(placed.id, symbol);
    assert.deepEqual([order.status, order.triggerPrice, order.price, order.info.type, order.info.isWorking], ['open', triggerPrice, price, 'STOP_LOSS_LIMIT', false]);
    assert.equal((await exchange.cancelOrder(order.id, symbol)).status, 'canceled');
  });

  await report.check('stop order that would trigger at once is refused', async () => {
    const ticker = await exchange.fetchTicker(symbol);
    const wrongSide = { triggerPrice: away(exchange, ticker, 1.1) };
    await rejects(() => exchange.createOrder(symbol, 'limit', 'sell', 0.01, away(exchange, ticker, 1.09), wrongSide), ccxt.OrderImmediatelyFillable, /trigger immediately/);
  });
}

async function refusals(report, exchange, address) {
  const ticker = await exchange.fetchTicker(symbol);
  const low = away(exchange, ticker, 0.9);

  await report.check('post-only order that would take is refused', () =>
    rejects(() => exchange.createOrder(symbol, 'limit', 'buy', 0.01, away(exchange, ticker, 1.05), { postOnly: true }), ccxt.OrderImmediatelyFillable, /immediately match and take/));

  await report.check('insufficient funds', async () => {
    const { ETH } = await exchange.fetchBalance();
    const amount = Math.floor(ETH.free) + 1000;
    const price = Number(exchange.priceToPrecision('ETH/USDT', (await exchange.fetchTicker('ETH/USDT')).last * 1.1));
    await rejects(() => exchange.createOrder('ETH/USDT', 'limit', 'sell', amount, price), ccxt.InsufficientFunds, /insufficient balance/);
  });

  await report.check('too small an order', async () => {
    await rejects(() => exchange.createOrder(symbol, 'limit', 'buy', 0.00001, low), ccxt.BadRequest, /-1013.*NOTIONAL/);
    await rejects(() => exchange.createOrder(symbol, 'limit', 'buy', 0.000001, low), ccxt.InvalidOrder, /minimum amount precision/);
    const raw = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: low };
    await rejects(() => exchange.privatePostOrder({ ...raw, quantity: '0.000015' }), ccxt.InvalidOrder, /lot size.*LOT_SIZE/);
    await rejects(() => exchange.privatePostOrder({ ...raw, quantity: '0.01', price: `${Math.floor(low)}.001` }), ccxt.InvalidOrder, /PRICE_FILTER/);
  });

  await report.check('unknown order', async () => {
    await rejects(() => exchange.cancelOrder('999999999', symbol), ccxt.OrderNotFound, /-2011.*Unknown order/);
    await rejects(() => exchange.fetchOrder('999999999', symbol), ccxt.OrderNotFound, /-2013.*does not exist/);
  });

  await report.check('wrong symbol', async () => {
    await rejects(() => exchange.fetchTicker('NOPE/USDT'), ccxt.BadSymbol, /does not have market symbol/);
    await rejects(() => exchange.publicGetTicker24hr({ symbol: 'NOPEUSDT' }), ccxt.BadSymbol, /-1121/);
  });

  await report.check('wrong signature and wrong key', async () => {
    await rejects(() => client(ccxt.binance, address, { secret: 'wrong' }).privateGetAccount(), ccxt.AuthenticationError, /-1022/);
    const stranger = client(ccxt.binance, address, { apiKey: 'x'.repeat(64) });
    await rejects(() => stranger.privateGetAccount(), ccxt.AuthenticationError, /-2015|-2008/);
  });

  await report.check('clock too far behind', async () => {
    const late = client(ccxt.binance, address, { options: { timeDifference: 60000 } });
    await rejects(() => late.privateGetAccount(), ccxt.InvalidNonce, /-1021/);
  });

  await report.check('rate limit', async () => {
    const hasty = client(ccxt.binance, address, { enableRateLimit: false });
    await rejects(() => exhaust(() => hasty.publicGetTicker24hr()), ccxt.DDoSProtection, /429.*-1003/);
    await rejects(() => insist(() => hasty.publicGetTicker24hr()), ccxt.DDoSProtection, /418.*-1003/);
  });
}

async function exhaust(call) {
  for (let i = 0; i < 200; i++) {
    await call();
  }
}

// Goes on although it was told to stop, until the answer changes.
async function insist(call) {
  for (let i = 0; i < 200; i++) {
    try {
      await call();
    } catch (error) {
      if (!error.message.includes(' 429 ')) {
        throw error;
      }
    }
  }
}
