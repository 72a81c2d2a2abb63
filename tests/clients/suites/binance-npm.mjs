import assert from 'node:assert/strict';
import { MainClient, WebsocketAPIClient, WebsocketClient } from 'binance';
import { LevelBook, agrees } from '../lib/books.mjs';
import { ascending, charged, near, refused } from '../lib/expect.mjs';
import { Watch } from '../lib/watch.mjs';

export const venue = 'binance';

const symbol = 'BTCUSDT';
const quiet = { trace() {}, info() {}, error() {} };

export default async function suite(report, address) {
  const rest = restClient(address);
  await market(report, rest);
  await resting(report, rest);
  await taking(report, rest);
  await streams(report, address, rest);
  const userData = await userDataStream(address);
  await socketOrders(report, address, rest, userData);
  await session(report, address);
  await refusals(report, address, rest);
}

function keys(address) {
  return { api_key: address['api key'], api_secret: address['api secret'] };
}

function restClient(address, settings) {
  return new MainClient({ ...keys(address), baseUrl: address.rest, beautifyResponses: true, ...settings });
}

function socketSettings(address, settings) {
  return { ...keys(address), wsUrl: new URL(address.stream).origin, beautify: true, attachEventListeners: false, muteLatencyWarning: true, ...settings };
}

// A price some way from the market, on the market's tick of 0.01.
async function away(rest, factor) {
  const { lastPrice } = await rest.get24hrChangeStatistics({ symbol });
  return Number((lastPrice * factor).toFixed(2));
}

function limit(side, quantity, price, more) {
  return { symbol, side, type: 'LIMIT', timeInForce: 'GTC', quantity, price, ...more };
}

// On sockets the caller of this client stamps his own requests.
function stamped(params) {
  return { ...params, timestamp: Date.now() };
}

async function market(report, rest) {
  await report.check('exchange information', async () => {
    const information = await rest.getExchangeInfo();
    assert.equal(information.symbols.length, 20);
    const filters = Object.fromEntries(information.symbols.find((s) => s.symbol === symbol).filters.map((f) => [f.filterType, f]));
    assert.equal(Number(filters.PRICE_FILTER.tickSize), 0.01);
    assert.equal(Number(filters.LOT_SIZE.stepSize), 0.00001);
    assert.equal(Number(filters.NOTIONAL.minNotional), 5);
  });

  await report.check('ticker, best prices and average price', async () => {
    const ticker = await rest.get24hrChangeStatistics({ symbol });
    assert.ok(ticker.lowPrice <= ticker.lastPrice && ticker.lastPrice <= ticker.highPrice);
    const best = await rest.getSymbolOrderBookTicker({ symbol });
    assert.ok(best.bidPrice < best.askPrice);
    assert.ok(Number((await rest.getAvgPrice({ symbol })).price) > 0);
    assert.deepEqual(await rest.testConnectivity(), {});
  });

  await report.check('order book, trades and klines', async () => {
    const book = await rest.getOrderBook({ symbol, limit: 5 });
    assert.deepEqual([book.bids.length, book.asks.length], [5, 5]);
    ascending((await rest.getRecentTrades({ symbol, limit: 10 })).map((t) => t.id), 'ids');
    ascending((await rest.getAggregateTrades({ symbol, limit: 10 })).map((t) => t.a), 'aggregate ids');
    const candles = await rest.getKlines({ symbol, interval: '1m', limit: 5 });
    assert.deepEqual(candles.map(([open]) => open - candles[0][0]), [0, 60000, 120000, 180000, 240000]);
  });

  await report.check('wallet, fees and rights of the key', async () => {
    const { balances } = await rest.getAccountInformation({ omitZeroBalances: true });
    const dollars = balances.find((b) => b.asset === 'USDT');
    assert.ok(dollars.free > 0);
    assert.equal((await rest.getBalances()).find((c) => c.coin === 'USDT').free, dollars.free);
    assert.deepEqual((await rest.getTradeFee({ symbol })).map((f) => [f.symbol, f.makerCommission, f.takerCommission]), [[symbol, 0.001, 0.001]]);
    assert.equal((await rest.getApiKeyPermissions()).enableSpotAndMarginTrading, true);
    assert.equal((await rest.getSystemStatus()).status, 0);
  });
}

async function resting(report, rest) {
  const price = await away(rest, 0.9);
  const newClientOrderId = rest.generateNewOrderId();
  let order;

  await report.check('limit order rests', async () => {
    order = await rest.submitNewOrder(limit('BUY', 0.01, price, { newClientOrderId, newOrderRespType: 'FULL' }));
    assert.deepEqual([order.status, order.price, order.origQty, order.executedQty, order.clientOrderId], ['NEW', price, 0.01, 0, newClientOrderId]);
    assert.deepEqual((await rest.getOpenOrders({ symbol })).map((o) => o.orderId), [order.orderId]);
  });

  await report.check('query by client id', async () => {
    const found = await rest.getOrder({ symbol, origClientOrderId: newClientOrderId });
    assert.deepEqual([found.orderId, found.status, found.price], [order.orderId, 'NEW', price]);
  });

  await report.check('cancel and replace', async () => {
    const better = await away(rest, 0.91);
    const replaced = await rest.replaceOrder(limit('BUY', 0.01, better, { cancelReplaceMode: 'STOP_ON_FAILURE', cancelOrderId: order.orderId }));
    assert.deepEqual([replaced.cancelResult, replaced.newOrderResult], ['SUCCESS', 'SUCCESS']);
    assert.equal(replaced.cancelResponse.orderId, order.orderId);
    order = await rest.getOrder({ symbol, orderId: replaced.newOrderResponse.orderId });
    assert.deepEqual([order.status, order.price], ['NEW', better]);
  });

  await report.check('cancel', async () => {
    assert.equal((await rest.cancelOrder({ symbol, orderId: order.orderId })).status, 'CANCELED');
    assert.deepEqual(await rest.getOpenOrders({ symbol }), []);
    assert.deepEqual((await rest.getAllOrders({ symbol })).map((o) => o.status), ['CANCELED', 'CANCELED']);
  });

  await report.check('order pair: one cancels the other', async () => {
    const [above, below, stop] = [await away(rest, 1.1), await away(rest, 0.89), await away(rest, 0.9)];
    const list = await rest.submitNewOCO({
      symbol, side: 'SELL', quantity: 0.01, price: above, stopPrice: stop, stopLimitPrice: below, stopLimitTimeInForce: 'GTC',
    });
    assert.equal(list.contingencyType, 'OCO');
    const types = (await rest.getOpenOrders({ symbol })).map((o) => [o.type, o.price, o.stopPrice]).sort();
    assert.deepEqual(types, [['LIMIT_MAKER', above, 0], ['STOP_LOSS_LIMIT', below, stop]]);
    const canceled = await rest.cancelOCO({ symbol, orderListId: list.orderListId });
    assert.equal(canceled.listOrderStatus, 'ALL_DONE');
    assert.deepEqual(await rest.getOpenOrders({ symbol }), []);
  });
}

async function taking(report, rest) {
  await report.check('market order fills and appears in my trades', async () => {
    const order = await rest.submitNewOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 0.01, newOrderRespType: 'FULL' });
    assert.deepEqual([order.status, order.executedQty], ['FILLED', 0.01]);
    near(order.fills.reduce((sum, f) => sum + f.qty, 0), 0.01, 'fills');
    const trades = await rest.getAccountTradeList({ symbol, orderId: order.orderId });
    near(trades.reduce((sum, t) => sum + t.qty * t.price, 0), order.cummulativeQuoteQty, 'paid');
    assert.ok(trades.every((t) => t.isBuyer && !t.isMaker && t.commissionAsset === 'BTC'));
    charged(trades.map((t) => t.commission), 0.00001);
  });
}

async function streams(report, address, rest) {
  const socket = new WebsocketClient(socketSettings(address), quiet);
  const raw = new Watch();
  const formatted = new Watch();
  socket.on('message', (message) => raw.push(message));
  socket.on('formattedMessage', (message) => formatted.push(message));
  socket.on('exception', () => {});

  await report.check('streams: trades, ticker and klines', async () => {
    await socket.subscribe(['btcusdt@trade', 'btcusdt@ticker', 'btcusdt@kline_1m', 'btcusdt@depth@100ms'], 'main');
    const trade = await formatted.until((m) => m.eventType === 'trade');
    assert.equal(trade.symbol, symbol);
    const known = (await rest.getRecentTrades({ symbol, limit: 100 })).find((t) => t.id === trade.tradeId);
    assert.deepEqual([known?.price, known?.qty, known?.isBuyerMaker], [trade.price, trade.quantity, trade.maker]);
    const ticker = await formatted.until((m) => m.eventType === '24hrTicker');
    assert.ok(ticker.bestBid < ticker.bestAskPrice, JSON.stringify(ticker));
    const { kline } = await formatted.until((m) => m.eventType === 'kline');
    assert.deepEqual([kline.interval, kline.startTime % 60000], ['1m', 0]);
  });

  await report.check('stream of book changes keeps the book that REST has', async () => {
    const kept = await keepBook(raw, rest);
    await agrees(kept, async () => {
      const { lastUpdateId, bids, asks } = await rest.getOrderBook({ symbol, limit: 100 });
      return { nonce: lastUpdateId, bids, asks };
    });
  });

  socket.closeAll(true);
}

// As the venue's documentation says: wait for a first change, take a snapshot, apply what continues it.
async function keepBook(raw, rest) {
  const isChange = (m) => m.e === 'depthUpdate';
  const first = await raw.until(isChange);
  let snapshot;
  do {
    snapshot = await rest.getOrderBook({ symbol, limit: 5000 });
  } while (snapshot.lastUpdateId < first.U);

  const book = new LevelBook();
  book.replace(snapshot.lastUpdateId, snapshot.bids, snapshot.asks);
  let position = 0;
  return Watch.over(async () => {
    const change = await raw.until((m) => isChange(m) && m.u > book.nonce, position);
    position = raw.seen.indexOf(change);
    assert.ok(change.U <= book.nonce + 1, `gap: ${book.nonce} to ${change.U}`);
    book.apply(change.u, change.b, change.a);
    return book.picture();
  });
}

async function userDataStream(address) {
  const client = new WebsocketAPIClient(socketSettings(address), quiet);
  const events = new Watch();
  client.getWSClient().on('formattedUserDataMessage', (event) => events.push(event));
  client.getWSClient().on('exception', () => {});
  await client.subscribeUserDataStream('mainWSAPI');
  return events;
}

async function socketOrders(report, address, rest, events) {
  const client = new WebsocketAPIClient(socketSettings(address), quiet);
  client.getWSClient().on('exception', () => {});
  const price = await away(rest, 0.9);
  let order;

  await report.check('WebSocket API: limit order rests and is told of', async () => {
    order = (await client.submitNewSpotOrder(stamped(limit('BUY', '0.01', String(price), { newOrderRespType: 'RESULT' })))).result;
    assert.deepEqual([order.status, Number(order.price)], ['NEW', price]);
    const told = await events.until((e) => e.eventType === 'executionReport' && e.orderId === order.orderId);
    assert.deepEqual([told.executionType, told.orderStatus, told.price, told.quantity], ['NEW', 'NEW', price, 0.01]);
    const position = await events.until((e) => e.eventType === 'outboundAccountPosition');
    near(position.balances.find((b) => b.asset === 'USDT').onOrderBalance, price * 0.01, 'locked');
  });

  await report.check('WebSocket API: amend keeps the order and lowers its quantity', async () => {
    const amendment = { symbol, orderId: order.orderId, newQty: '0.006', newClientOrderId: rest.generateNewOrderId() };
    const { result } = await client.amendSpotOrderKeepPriority(stamped(amendment));
    assert.deepEqual([result.amendedOrder.orderId, Number(result.amendedOrder.qty)], [order.orderId, 0.006]);
    const told = await events.until((e) => e.executionType === 'REPLACED' && e.orderId === order.orderId);
    assert.deepEqual([told.quantity, told.orderStatus], [0.006, 'NEW']);
  });

  await report.check('WebSocket API: query and cancel', async () => {
    assert.equal((await client.getSpotOrderStatus(stamped({ symbol, orderId: order.orderId }))).result.status, 'NEW');
    assert.deepEqual((await client.getSpotOpenOrders(stamped({ symbol }))).result.map((o) => o.orderId), [order.orderId]);
    assert.equal((await client.cancelSpotOrder(stamped({ symbol, orderId: order.orderId }))).result.status, 'CANCELED');
    await events.until((e) => e.eventType === 'executionReport' && e.orderId === order.orderId && e.orderStatus === 'CANCELED');
  });

  await report.check('WebSocket API: market order fills and its trades are told of', async () => {
    const { result } = await client.submitNewSpotOrder(stamped({ symbol, side: 'SELL', type: 'MARKET', quantity: '0.01' }));
    assert.equal(result.status, 'FILLED');
    const told = await events.until((e) => e.eventType === 'executionReport' && e.orderId === result.orderId && e.orderStatus === 'FILLED');
    assert.equal(told.accumulatedQuantity, 0.01);
    near(told.cummulativeQuoteAssetTransactedQty, Number(result.cummulativeQuoteQty), 'received');
  });

  await report.check('WebSocket API: refusals', async () => {
    await refused(() => client.submitNewSpotOrder(stamped(limit('BUY', '0.00001', String(price)))), -1013, /NOTIONAL/);
    await refused(() => client.cancelSpotOrder(stamped({ symbol, orderId: 999999999 })), -2011, /Unknown order/);
    const stranger = new WebsocketAPIClient(socketSettings(address, { api_secret: 'wrong' }), quiet);
    stranger.getWSClient().on('exception', () => {});
    await refused(() => stranger.submitNewSpotOrder(stamped(limit('BUY', '0.01', String(price)))), -1022, /Signature/);
    await stranger.disconnectAll();
  });

  await client.disconnectAll();
}

// The simulator's second key, the first test vector of RFC 8032.
async function session(report, address) {
  await report.check('WebSocket API: a session logged on with an Ed25519 key', async () => {
    const client = new WebsocketAPIClient(socketSettings(address, {
      api_key: 'simulatorEd25519KeyOfTheRfc8032TestVectorNumberOne00000000000000',
      api_secret: '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----',
    }), quiet);
    client.getWSClient().on('exception', () => {});
    assert.equal((await client.getSpotAccountInformation(stamped({}))).result.canTrade, true);
    const { result } = await client.getSpotSessionStatus();
    assert.match(result.apiKey, /^simulatorEd25519/);
    await client.disconnectAll();
  });
}

async function refusals(report, address, rest) {
  const price = await away(rest, 0.9);

  await report.check('wrong signature and wrong key', async () => {
    await refused(() => restClient(address, { api_secret: 'wrong' }).getAccountInformation(), -1022, /Signature/);
    await refused(() => restClient(address, { api_key: 'x'.repeat(64) }).getAccountInformation(), -2015, /Invalid API-key/);
  });

  await report.check('wrong symbol, too small an order, insufficient funds', async () => {
    await refused(() => rest.get24hrChangeStatistics({ symbol: 'NOPEUSDT' }), -1121, /Invalid symbol/);
    await refused(() => rest.submitNewOrder(limit('BUY', 0.00001, price)), -1013, /NOTIONAL/);
    await refused(() => rest.submitNewOrder(limit('BUY', 0.000015, price)), -1013, /LOT_SIZE/);
    const sale = { symbol: 'ETHUSDT', side: 'SELL', type: 'MARKET', quantity: 500 };
    await refused(() => rest.submitNewOrder(sale), -2010, /insufficient balance/);
  });

  await report.check('rate limit', async () => {
    const burst = async () => {
      for (let i = 0; i < 200; i++) {
        await rest.get24hrChangeStatistics();
      }
    };
    const error = await refused(burst, -1003, /request weight/);
    assert.ok(Number(error.headers['retry-after']) > 0);
  });
}
