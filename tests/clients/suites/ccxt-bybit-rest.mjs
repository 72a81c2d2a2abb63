import assert from 'node:assert/strict';
import ccxt from 'ccxt';
import { away, client, symbol } from '../lib/ccxt-bybit.mjs';
import { ascending, charged, near, rejects } from '../lib/expect.mjs';

export const venue = 'bybit';

export default async function suite(report, address) {
  const exchange = client(ccxt.bybit, address);
  await market(report, exchange);
  await resting(report, exchange);
  await taking(report, exchange);
  await refusals(report, exchange, address);
}

async function market(report, exchange) {
  await report.check('load markets', async () => {
    const markets = await exchange.loadMarkets();
    const btc = markets[symbol];
    assert.deepEqual([btc.id, btc.type, btc.active, btc.spot], ['BTCUSDT', 'spot', true, true]);
    const [raw] = (await exchange.publicGetV5MarketInstrumentsInfo({ category: 'spot', symbol: 'BTCUSDT' })).result.list;
    assert.equal(btc.precision.price, Number(raw.priceFilter.tickSize));
    assert.equal(btc.precision.amount, Number(raw.lotSizeFilter.basePrecision));
    assert.equal(btc.limits.amount.min, Number(raw.lotSizeFilter.minOrderQty));
    assert.equal(btc.limits.cost.min, Number(raw.lotSizeFilter.minOrderAmt));
    assert.equal(Object.keys(markets).length, 20);
  });

  await report.check('currencies of the account', async () => {
    const bitcoin = exchange.currencies.BTC;
    // Nothing can be sent in or out of a simulated venue.
    assert.deepEqual([bitcoin.id, bitcoin.deposit, bitcoin.withdraw], ['BTC', false, false]);
    assert.equal(bitcoin.networks.BTC.id, 'BTC');
  });

  await report.check('unified account is recognised', async () => {
    assert.deepEqual(await exchange.isUnifiedEnabled(), [false, true]);
  });

  await report.check('trading fee', async () => {
    const fee = await exchange.fetchTradingFee(symbol);
    assert.deepEqual([fee.symbol, fee.maker, fee.taker], [symbol, 0.001, 0.001]);
  });

  await report.check('server time', async () => {
    assert.ok(Math.abs((await exchange.fetchTime()) - Date.now()) < 5000);
  });

  await report.check('ticker', async () => {
    const ticker = await exchange.fetchTicker(symbol);
    assert.equal(ticker.symbol, symbol);
    assert.ok(ticker.bid < ticker.ask, `${ticker.bid} < ${ticker.ask}`);
    assert.ok(ticker.low <= ticker.last && ticker.last <= ticker.high);
    assert.ok(ticker.baseVolume > 0 && ticker.quoteVolume > ticker.baseVolume);
    const tickers = await exchange.fetchTickers([symbol, 'ETH/USDT']);
    assert.deepEqual(Object.keys(tickers).sort(), [symbol, 'ETH/USDT']);
  });

  await report.check('order book', async () => {
    const book = await exchange.fetchOrderBook(symbol, 10);
    assert.deepEqual([book.bids.length, book.asks.length], [10, 10]);
    ascending(book.asks.map(([price]) => price), 'asks');
    ascending(book.bids.map(([price]) => price).reverse(), 'bids');
    assert.ok(book.bids[0][0] < book.asks[0][0]);
  });

  await report.check('public trades', async () => {
    const trades = await exchange.fetchTrades(symbol, undefined, 10);
    assert.ok(trades.length > 0 && trades.length <= 10);
    ascending(trades.map((trade) => trade.timestamp), 'times');
    assert.ok(trades.every((trade) => ['buy', 'sell'].includes(trade.side) && trade.price > 0));
    near(trades[0].cost, trades[0].price * trades[0].amount, 'cost');
  });

  await report.check('klines', async () => {
    const candles = await exchange.fetchOHLCV(symbol, '1m', undefined, 5);
    assert.deepEqual(candles.map((c, i) => c[0] - candles[0][0] - i * 60000), [0, 0, 0, 0, 0]);
    assert.ok(candles.every(([, open, high, low, close]) => low <= Math.min(open, close) && Math.max(open, close) <= high));
    const since = await exchange.fetchOHLCV(symbol, '1m', candles[1][0], 2);
    assert.deepEqual(since.map(([time]) => time), [candles[1][0], candles[2][0]]);
  });
}

async function resting(report, exchange) {
  const ticker = await exchange.fetchTicker(symbol);
  const price = away(exchange, ticker, 0.95);
  const clientOrderId = 'resting-1';
  let before;
  let order;

  await report.check('balance', async () => {
    before = await exchange.fetchBalance();
    assert.ok(before.USDT.free > 0 && before.BTC.free > 0);
    near(before.USDT.total, before.USDT.free + before.USDT.used, 'total');
  });

  await report.check('limit order rests and locks its cost', async () => {
    const placed = await exchange.createOrder(symbol, 'limit', 'buy', 0.01, price, { clientOrderId });
    order = await exchange.fetchOpenOrder(placed.id, symbol);
    assert.deepEqual(
      [order.status, order.type, order.side, order.amount, order.price, order.filled, order.remaining, order.clientOrderId, order.timeInForce],
      ['open', 'limit', 'buy', 0.01, price, 0, 0.01, clientOrderId, 'GTC']);
    const after = await exchange.fetchBalance();
    near(after.USDT.used - before.USDT.used, price * 0.01, 'locked');
    near(after.USDT.total, before.USDT.total, 'total');
  });

  await report.check('query by client id', async () => {
    const [found] = await exchange.fetchOpenOrders(symbol, undefined, undefined, { orderLinkId: clientOrderId });
    assert.deepEqual([found.id, found.status, found.amount, found.price], [order.id, 'open', 0.01, price]);
  });

  await report.check('open orders', async () => {
    assert.deepEqual((await exchange.fetchOpenOrders(symbol)).map((o) => [o.id, o.price, o.amount]), [[order.id, price, 0.01]]);
    assert.deepEqual(await exchange.fetchOpenOrders('ETH/USDT'), []);
  });

  await report.check('edit amends the order', async () => {
    const edited = await exchange.editOrder(order.id, symbol, 'limit', 'buy', 0.02, away(exchange, ticker, 0.96));
    assert.equal(edited.id, order.id);
    const found = await exchange.fetchOpenOrder(order.id, symbol);
    assert.deepEqual([found.status, found.amount, found.price], ['open', 0.02, away(exchange, ticker, 0.96)]);
  });

  await report.check('cancel frees the balance', async () => {
    assert.equal((await exchange.cancelOrder(order.id, symbol)).id, order.id);
    const closed = await ended(exchange, order.id);
    assert.deepEqual([closed.id, closed.status, closed.filled], [order.id, 'canceled', 0]);
    near((await exchange.fetchBalance()).USDT.used, before.USDT.used, 'locked');
  });

  await report.check('cancel by client id', async () => {
    const placed = await exchange.createOrder(symbol, 'limit', 'sell', 0.01, away(exchange, ticker, 1.05), { clientOrderId: 'resting-2' });
    await exchange.cancelOrder(undefined, symbol, { orderLinkId: 'resting-2' });
    assert.equal((await ended(exchange, placed.id)).status, 'canceled');
  });

  await report.check('cancel all', async () => {
    const placed = await Promise.all([0.95, 0.94].map((factor) => exchange.createOrder(symbol, 'limit', 'buy', 0.01, away(exchange, ticker, factor))));
    const canceled = await exchange.cancelAllOrders(symbol);
    assert.deepEqual(canceled.map((o) => o.id).sort(), placed.map((o) => o.id).sort());
    assert.deepEqual(await exchange.fetchOpenOrders(symbol), []);
  });

  await report.check('several orders in one request', async () => {
    const requests = [0.95, 0.94].map((factor) => ({ symbol, type: 'limit', side: 'buy', amount: 0.01, price: away(exchange, ticker, factor) }));
    const placed = await exchange.createOrders(requests);
    assert.equal(new Set(placed.map((o) => o.id)).size, 2);
    const canceled = await exchange.cancelOrders(placed.map((o) => o.id), symbol);
    assert.deepEqual(canceled.map((o) => o.id).sort(), placed.map((o) => o.id).sort());
  });
}

async function taking(report, exchange) {
  const fee = 0.001;

  await report.check('market order fills, is charged and appears in my trades', async () => {
    const before = await exchange.fetchBalance();
    const placed = await exchange.createOrder(symbol, 'market', 'buy', 0.01);
    const order = await exchange.fetchClosedOrder(placed.id, symbol);
    assert.deepEqual([order.status, order.filled, order.type, order.side], ['closed', 0.01, 'market', 'buy']);
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
    const placed = await exchange.createMarketBuyOrderWithCost(symbol, 100);
    const order = await ended(exchange, placed.id);
    assert.ok(order.cost <= 100 && order.cost > 99, `${order.cost}`);
    assert.ok(order.filled > 0);
  });

  await report.check('limit order that crosses trades at the price that rests', async () => {
    const book = await exchange.fetchOrderBook(symbol, 5);
    const limit = Number(exchange.priceToPrecision(symbol, book.bids[0][0] * 0.99));
    const placed = await exchange.createOrder(symbol, 'limit', 'sell', 0.01, limit);
    const order = await exchange.fetchClosedOrder(placed.id, symbol);
    assert.deepEqual([order.status, order.filled, order.price], ['closed', 0.01, limit]);
    assert.ok(order.average > limit, `${order.average} > ${limit}`);
    const [trade] = await exchange.fetchMyTrades(symbol, undefined, undefined, { orderId: order.id });
    assert.deepEqual([trade.side, trade.fee.currency], ['sell', 'USDT']);
    charged([trade.fee.cost], trade.cost * fee);
  });

  await report.check('IOC and FOK without a match, and post-only that would take, are canceled', async () => {
    const ticker = await exchange.fetchTicker(symbol);
    const [low, high] = [away(exchange, ticker, 0.95), away(exchange, ticker, 1.02)];
    for (const [price, params, reason] of [
      [low, { timeInForce: 'IOC' }, 'EC_NoImmediateQtyToFill'],
      [low, { timeInForce: 'FOK' }, /EC_NoEnoughQtyToFill|EC_CancelForNoFullFill/],
      [high, { postOnly: true }, 'EC_PostOnlyWillTakeLiquidity'],
    ]) {
      const placed = await exchange.createOrder(symbol, 'limit', 'buy', 0.01, price, params);
      const order = await ended(exchange, placed.id);
      assert.deepEqual([order.status, order.filled], ['canceled', 0]);
      assert.match(order.info.rejectReason, new RegExp(reason));
    }
  });

  await report.check('stop order waits for its trigger', async () => {
    const ticker = await exchange.fetchTicker(symbol);
    const [price, triggerPrice] = [away(exchange, ticker, 0.96), away(exchange, ticker, 0.97)];
    const placed = await exchange.createOrder(symbol, 'limit', 'sell', 0.01, price, { triggerPrice });
    const [waiting] = await exchange.fetchOpenOrders(symbol, undefined, undefined, { trigger: true });
    assert.deepEqual([waiting.id, waiting.triggerPrice, waiting.price, waiting.amount, waiting.info.orderStatus], [placed.id, triggerPrice, price, 0.01, 'Untriggered']);
    assert.deepEqual(await exchange.fetchOpenOrders(symbol, undefined, undefined, { orderFilter: 'Order' }), []);
    await exchange.cancelOrder(placed.id, symbol, { trigger: true });
    assert.deepEqual(await exchange.fetchOpenOrders(symbol, undefined, undefined, { trigger: true }), []);
  });

  await report.check('closed and canceled orders', async () => {
    const orders = await exchange.fetchCanceledAndClosedOrders(symbol);
    assert.equal(orders.filter((o) => o.filled > 0).length, 3);
    assert.ok(orders.some((o) => o.status === 'canceled' && o.timeInForce === 'PO'));
  });
}

// The client's own query for one closed order asks for filled ones only.
async function ended(exchange, orderId) {
  const [order] = await exchange.fetchCanceledAndClosedOrders(symbol, undefined, undefined, { orderId });
  return order;
}

async function refusals(report, exchange, address) {
  const ticker = await exchange.fetchTicker(symbol);
  const low = away(exchange, ticker, 0.95);

  await report.check('insufficient funds', async () => {
    const { ETH } = await exchange.fetchBalance();
    const price = Number(exchange.priceToPrecision('ETH/USDT', (await exchange.fetchTicker('ETH/USDT')).last * 1.02));
    await rejects(() => exchange.createOrder('ETH/USDT', 'limit', 'sell', Math.floor(ETH.free) + 100, price), ccxt.InsufficientFunds, /170131/);
  });

  await report.check('too small an order', async () => {
    await rejects(() => exchange.createOrder(symbol, 'limit', 'buy', 0.000048, low), ccxt.InvalidOrder, /170140|170136|170124/);
    await rejects(() => exchange.createOrder(symbol, 'limit', 'buy', 0.0000001, low), ccxt.InvalidOrder, /minimum amount precision/);
  });

  await report.check('unknown order', async () => {
    await rejects(() => exchange.cancelOrder('999999999', symbol), ccxt.OrderNotFound, /170213/);
    await rejects(() => exchange.fetchOpenOrder('999999999', symbol), ccxt.OrderNotFound, /999999999/);
  });

  await report.check('wrong symbol', async () => {
    await rejects(() => exchange.fetchTicker('NOPE/USDT'), ccxt.BadSymbol, /does not have market symbol/);
    await rejects(() => exchange.publicGetV5MarketTickers({ category: 'spot', symbol: 'NOPEUSDT' }), ccxt.BadSymbol, /10001.*Not supported symbols/);
  });

  await report.check('wrong signature and wrong key', async () => {
    await rejects(() => client(ccxt.bybit, address, { secret: 'wrong' }).privateGetV5AccountInfo(), ccxt.AuthenticationError, /10004/);
    await rejects(() => client(ccxt.bybit, address, { apiKey: 'x'.repeat(18) }).privateGetV5AccountInfo(), ccxt.AuthenticationError, /10003/);
  });

  await report.check('clock too far behind', async () => {
    const late = client(ccxt.bybit, address, { options: { timeDifference: 60000 } });
    await rejects(() => late.privateGetV5AccountInfo(), ccxt.InvalidNonce, /10002/);
  });

  await report.check('rate limit', async () => {
    const hasty = client(ccxt.bybit, address, { enableRateLimit: false });
    const burst = () => Promise.all(Array.from({ length: 40 }, () => hasty.privateGetV5AccountFeeRate({ category: 'spot', symbol: 'BTCUSDT' })));
    await rejects(burst, ccxt.RateLimitExceeded, /10006/);
  });
}
