import assert from 'node:assert/strict';
import { RestClientV5, WebsocketAPIClient, WebsocketClient } from 'bybit-api';
import { LevelBook, agreesInContent } from '../lib/books.mjs';
import { charged, near, refused } from '../lib/expect.mjs';
import { Watch } from '../lib/watch.mjs';

export const venue = 'bybit';

const category = 'spot';
const symbol = 'BTCUSDT';
const quiet = { trace() {}, info() {}, error() {} };

export default async function suite(report, address) {
  const rest = restClient(address);
  await market(report, rest);
  await resting(report, rest);
  await taking(report, rest);
  await streams(report, address, rest);
  const events = await privateEvents(address);
  await socketOrders(report, address, rest, events);
  await refusals(report, address, rest);
}

function restClient(address, settings) {
  return new RestClientV5({ key: address['api key'], secret: address['api secret'], baseUrl: address.rest, parseAPIRateLimits: true, ...settings });
}

// One client for each of the venue's sockets: its one setting for the address holds for all of them.
function socketSettings(address, wsUrl, settings) {
  return { key: address['api key'], secret: address['api secret'], wsUrl, attachEventListeners: false, ...settings };
}

// This client passes on what the venue answers; a code other than 0 is its refusal.
async function ok(promise) {
  const answer = await promise;
  assert.equal(answer.retCode, 0, `${answer.retCode} ${answer.retMsg}`);
  return answer.result;
}

// A price some way from the market, on the market's tick of 0.1.
async function away(rest, factor) {
  const { list } = await ok(rest.getTickers({ category, symbol }));
  return String(Number((Number(list[0].lastPrice) * factor).toFixed(1)));
}

function limit(side, qty, price, more) {
  return { category, symbol, side, orderType: 'Limit', qty, price, ...more };
}

async function find(rest, query) {
  const { list } = await ok(rest.getActiveOrders({ category, symbol, ...query }));
  return list[0];
}

async function coin(rest, name) {
  const { list } = await ok(rest.getWalletBalance({ accountType: 'UNIFIED', coin: name }));
  return list[0].coin.find((c) => c.coin === name);
}

async function market(report, rest) {
  await report.check('instruments and server time', async () => {
    const { list } = await ok(rest.getInstrumentsInfo({ category }));
    assert.equal(list.length, 20);
    const bitcoin = list.find((i) => i.symbol === symbol);
    assert.deepEqual([bitcoin.status, Number(bitcoin.priceFilter.tickSize)], ['Trading', 0.1]);
    assert.ok(Math.abs((await rest.fetchServerTime()) * 1000 - Date.now()) < 5000);
  });

  await report.check('ticker, order book, trades and klines', async () => {
    const [ticker] = (await ok(rest.getTickers({ category, symbol }))).list;
    assert.ok(Number(ticker.bid1Price) < Number(ticker.ask1Price) && Number(ticker.lowPrice24h) <= Number(ticker.lastPrice));
    const book = await ok(rest.getOrderbook({ category, symbol, limit: 5 }));
    assert.deepEqual([book.b.length, book.a.length], [5, 5]);
    const trades = (await ok(rest.getPublicTradingHistory({ category, symbol, limit: 10 }))).list;
    assert.ok(trades.length > 0 && trades.every((t, i) => i === 0 || Number(trades[i - 1].time) >= Number(t.time)));
    const candles = (await ok(rest.getKline({ category, symbol, interval: '1', limit: 3 }))).list;
    assert.deepEqual(candles.map(([start]) => Number(candles[0][0]) - Number(start)), [0, 60000, 120000]);
  });

  await report.check('account, key, fees and coins', async () => {
    assert.equal((await ok(rest.getAccountInfo())).marginMode, 'REGULAR_MARGIN');
    const key = await ok(rest.getQueryApiKey());
    assert.deepEqual([key.readOnly, key.uta, key.permissions.Spot], [0, 1, ['SpotTrade']]);
    const [fee] = (await ok(rest.getFeeRate({ category, symbol }))).list;
    assert.deepEqual([Number(fee.makerFeeRate), Number(fee.takerFeeRate)], [0.001, 0.001]);
    const { rows } = await ok(rest.getCoinInfo('BTC'));
    assert.deepEqual(rows.map((r) => [r.coin, r.chains.length]), [['BTC', 1]]);
    const { balance } = await ok(rest.getAllCoinsBalance({ accountType: 'UNIFIED', coin: 'BTC' }));
    assert.equal(balance[0].walletBalance, (await coin(rest, 'BTC')).walletBalance);
  });
}

async function resting(report, rest) {
  const price = await away(rest, 0.95);
  let orderId;

  await report.check('limit order rests and locks its cost', async () => {
    const answer = await rest.submitOrder(limit('Buy', '0.01', price, { orderLinkId: 'npm-1' }));
    assert.deepEqual([answer.retCode, answer.result.orderLinkId], [0, 'npm-1']);
    assert.ok(answer.rateLimitApi.maxRequests > answer.rateLimitApi.remainingRequests);
    ({ orderId } = answer.result);
    near(Number((await coin(rest, 'USDT')).locked), Number(price) * 0.01, 'locked');
  });

  await report.check('query by client id and open orders', async () => {
    const found = await find(rest, { orderLinkId: 'npm-1' });
    assert.deepEqual([found.orderId, found.orderStatus, found.price, found.leavesQty], [orderId, 'New', price, '0.01']);
    const { list } = await ok(rest.getActiveOrders({ category }));
    assert.deepEqual(list.map((o) => o.orderId), [orderId]);
  });

  await report.check('amend', async () => {
    const better = await away(rest, 0.96);
    assert.equal((await ok(rest.amendOrder({ category, symbol, orderId, qty: '0.02', price: better }))).orderId, orderId);
    const found = await find(rest, { orderId });
    assert.deepEqual([found.qty, found.price, found.orderStatus], ['0.02', better, 'New']);
  });

  await report.check('cancel', async () => {
    assert.equal((await ok(rest.cancelOrder({ category, symbol, orderId }))).orderId, orderId);
    const { list } = await ok(rest.getHistoricOrders({ category, orderId }));
    assert.deepEqual(list.map((o) => [o.orderStatus, o.cumExecQty, o.cancelType]), [['Cancelled', '0', 'CancelByUser']]);
    assert.equal(Number((await coin(rest, 'USDT')).locked), 0);
  });

  await report.check('several orders in one request, then cancel all', async () => {
    const orders = ['0.01', '0.02'].map((qty) => ({ symbol, side: 'Buy', orderType: 'Limit', qty, price }));
    const answer = await rest.batchSubmitOrders(category, orders);
    assert.deepEqual(answer.retExtInfo.list.map((e) => e.code), [0, 0]);
    const { list } = await ok(rest.cancelAllOrders({ category, symbol }));
    assert.deepEqual(list.map((o) => o.orderId).sort(), answer.result.list.map((o) => o.orderId).sort());
  });
}

async function taking(report, rest) {
  await report.check('market order fills and appears in the executions', async () => {
    const before = await coin(rest, 'BTC');
    const { orderId } = await ok(rest.submitOrder({ category, symbol, side: 'Buy', orderType: 'Market', qty: '0.01', marketUnit: 'baseCoin' }));
    const order = await find(rest, { orderId });
    assert.deepEqual([order.orderStatus, order.cumExecQty, order.leavesQty], ['Filled', '0.01', '0']);
    const { list } = await ok(rest.getExecutionList({ category, orderId }));
    near(list.reduce((sum, e) => sum + Number(e.execQty), 0), 0.01, 'executed');
    near(list.reduce((sum, e) => sum + Number(e.execValue), 0), Number(order.cumExecValue), 'paid');
    assert.ok(list.every((e) => e.isMaker === false && e.feeCurrency === 'BTC' && e.execType === 'Trade'));
    const paid = charged(list.map((e) => Number(e.execFee)), 0.01 * 0.001);
    near(Number((await coin(rest, 'BTC')).walletBalance) - Number(before.walletBalance), 0.01 - paid, 'received');
  });

  await report.check('post-only order that would take is canceled', async () => {
    const { orderId } = await ok(rest.submitOrder(limit('Buy', '0.01', await away(rest, 1.02), { timeInForce: 'PostOnly' })));
    const { list } = await ok(rest.getHistoricOrders({ category, orderId }));
    assert.deepEqual([list[0].orderStatus, list[0].rejectReason], ['Cancelled', 'EC_PostOnlyWillTakeLiquidity']);
  });
}

async function streams(report, address, rest) {
  const socket = new WebsocketClient(socketSettings(address, address.public), quiet);
  const updates = new Watch();
  socket.on('update', (update) => updates.push(update));
  socket.on('exception', () => {});

  await report.check('streams: trades, ticker and klines', async () => {
    await Promise.all(socket.subscribeV5([`publicTrade.${symbol}`, `tickers.${symbol}`, `kline.1.${symbol}`], category));
    const trade = (await updates.until((u) => u.topic === `publicTrade.${symbol}`)).data[0];
    const { list } = await ok(rest.getPublicTradingHistory({ category, symbol, limit: 60 }));
    const known = list.find((t) => t.execId === trade.i);
    assert.deepEqual([known?.price, known?.size, known?.side], [trade.p, trade.v, trade.S]);
    const { data: ticker } = await updates.until((u) => u.topic === `tickers.${symbol}`);
    assert.ok(Number(ticker.lastPrice) > 0 && Number(ticker.usdIndexPrice) > 0);
    const [candle] = (await updates.until((u) => u.topic === `kline.1.${symbol}`)).data;
    assert.equal(candle.start % 60000, 0);
  });

  await report.check('stream of book changes keeps the book that REST has', async () => {
    const book = new LevelBook();
    const kept = new Watch();
    socket.on('update', ({ topic, type, data }) => {
      if (topic === `orderbook.50.${symbol}`) {
        assert.ok(type === 'snapshot' || data.u === book.nonce + 1, `gap: ${book.nonce} to ${data.u}`);
        book[type === 'snapshot' ? 'replace' : 'apply'](data.u, data.b, data.a);
        kept.push(book.picture());
      }
    });
    await Promise.all(socket.subscribeV5(`orderbook.50.${symbol}`, category));
    await agreesInContent(kept, async () => {
      const { u, b, a } = await ok(rest.getOrderbook({ category, symbol, limit: 50 }));
      return { nonce: u, bids: b, asks: a };
    });
  });

  socket.closeAll(true);
}

async function privateEvents(address) {
  const socket = new WebsocketClient(socketSettings(address, address.private), quiet);
  const events = new Watch();
  socket.on('update', ({ topic, data }) => events.push(...data.map((item) => ({ topic, ...item }))));
  socket.on('exception', () => {});
  // The promises of subscribeV5 are kept as soon as the request is queued; only the venue's word says that events come from now on.
  const subscribed = new Promise((resolve) => {
    socket.on('response', ({ op, success }) => op === 'subscribe' && success && resolve());
  });
  await Promise.all([...socket.subscribeV5(['order', 'execution', 'wallet'], category), subscribed]);
  return events;
}

async function socketOrders(report, address, rest, events) {
  const client = new WebsocketAPIClient(socketSettings(address, address.trade), quiet);
  client.getWSClient().on('exception', () => {});
  const price = await away(rest, 0.95);
  let orderId;

  await report.check('trade socket: limit order rests and is told of', async () => {
    const answer = await client.submitNewOrder(limit('Buy', '0.01', price, { orderLinkId: 'npm-socket-1' }));
    assert.deepEqual([answer.retCode, answer.data.orderLinkId], [0, 'npm-socket-1']);
    ({ orderId } = answer.data);
    const told = await events.until((e) => e.topic === 'order' && e.orderId === orderId);
    assert.deepEqual([told.orderStatus, told.price, told.qty], ['New', price, '0.01']);
    const wallet = await events.until((e) => e.topic === 'wallet' && e.coin.some((c) => c.coin === 'USDT' && Number(c.locked) > 0));
    near(Number(wallet.coin.find((c) => c.coin === 'USDT').locked), Number(price) * 0.01, 'locked');
  });

  await report.check('trade socket: amend and cancel are told of', async () => {
    assert.equal((await client.amendOrder({ category, symbol, orderId, qty: '0.02' })).data.orderId, orderId);
    await events.until((e) => e.topic === 'order' && e.orderId === orderId && e.qty === '0.02');
    assert.equal((await client.cancelOrder({ category, symbol, orderId })).data.orderId, orderId);
    await events.until((e) => e.topic === 'order' && e.orderId === orderId && e.orderStatus === 'Cancelled');
  });

  await report.check('trade socket: market order fills and its executions are told of', async () => {
    const { data } = await client.submitNewOrder({ category, symbol, side: 'Sell', orderType: 'Market', qty: '0.01', marketUnit: 'baseCoin' });
    const told = await events.until((e) => e.topic === 'order' && e.orderId === data.orderId && e.orderStatus === 'Filled');
    assert.equal(told.cumExecQty, '0.01');
    const executed = () => events.seen.filter((e) => e.topic === 'execution' && e.orderId === data.orderId);
    await events.until(() => executed().reduce((sum, e) => sum + Number(e.execQty), 0) >= 0.01 - 1e-9);
    near(executed().reduce((sum, e) => sum + Number(e.execValue), 0), Number(told.cumExecValue), 'received');
  });

  await report.check('trade socket: refusals', async () => {
    await refused(() => client.submitNewOrder(limit('Buy', '0.000048', price)), 170140, /./);
    await refused(() => client.cancelOrder({ category, symbol, orderId: '999999999' }), 170213, /./);
  });

  client.getWSClient().closeAll(true);
}

async function refusals(report, address, rest) {
  const price = await away(rest, 0.95);
  const answers = async (promise, code, text) => {
    const { retCode, retMsg } = await promise;
    assert.equal(retCode, code, retMsg);
    assert.match(retMsg, text);
  };

  await report.check('wrong signature and wrong key', async () => {
    await answers(restClient(address, { secret: 'wrong' }).getAccountInfo(), 10004, /sign/);
    await answers(restClient(address, { key: 'x'.repeat(18) }).getAccountInfo(), 10003, /API key/i);
  });

  await report.check('wrong symbol, too small an order, insufficient funds', async () => {
    await answers(rest.getTickers({ category, symbol: 'NOPEUSDT' }), 10001, /symbol/i);
    await answers(rest.submitOrder(limit('Buy', '0.000048', price)), 170140, /./);
    await answers(rest.submitOrder({ ...limit('Sell', '100', '1'), symbol: 'ETHUSDT', price: '10000' }), 170131, /balance/i);
    await answers(rest.cancelOrder({ category, symbol, orderId: '999999999' }), 170213, /./);
  });

  await report.check('rate limit', async () => {
    const codes = (await Promise.all(Array.from({ length: 40 }, () => rest.getFeeRate({ category, symbol })))).map((a) => a.retCode);
    assert.deepEqual([...new Set(codes)].sort(), [0, 10006]);
  });
}
