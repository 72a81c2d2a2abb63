import assert from 'node:assert/strict';
import { once } from 'node:events';
import ccxt from 'ccxt';
import { agrees, picture } from '../lib/books.mjs';
import { away, socketClient, symbol } from '../lib/ccxt-binance.mjs';
import { ascending, charged, near, rejects } from '../lib/expect.mjs';
import { Watch } from '../lib/watch.mjs';

export const venue = 'binance';

export default async function suite(report, address) {
  const exchange = await socketClient(address);
  await exchange.loadMarkets();
  await streams(report, exchange);
  await reads(report, exchange);
  await orders(report, exchange);
  await refusals(report, exchange, address);
  await exchange.close();
}

async function streams(report, exchange) {
  await report.check('watch order book keeps the book that REST has', async () => {
    const kept = Watch.over(async () => picture(await exchange.watchOrderBook(symbol)));
    await agrees(kept, () => exchange.fetchOrderBook(symbol, 10));
    kept.stop();
  });

  await report.check('watch trades of two markets', async () => {
    const trades = Watch.over(() => exchange.watchTradesForSymbols([symbol, 'ETH/USDT']));
    const bitcoin = await trades.until((trade) => trade.symbol === symbol);
    await trades.until((trade) => trade.symbol === 'ETH/USDT');
    trades.stop();
    assert.ok(['buy', 'sell'].includes(bitcoin.side) && bitcoin.price > 0 && bitcoin.amount > 0);
    near(bitcoin.cost, bitcoin.price * bitcoin.amount, 'cost');
    const known = await exchange.fetchTrades(symbol, undefined, 100, { fetchTradesMethod: 'publicGetTrades' });
    const same = known.find((trade) => trade.id === bitcoin.id);
    assert.deepEqual([same?.price, same?.amount, same?.side], [bitcoin.price, bitcoin.amount, bitcoin.side]);
  });

  await report.check('watch ticker', async () => {
    const ticker = await exchange.watchTicker(symbol, { name: 'ticker' });
    assert.equal(ticker.symbol, symbol);
    assert.ok(ticker.bid < ticker.ask && ticker.low <= ticker.last && ticker.last <= ticker.high);
  });

  await report.check('watch tickers of all and best prices', async () => {
    const tickers = await exchange.watchTickers();
    assert.ok(Object.values(tickers).every((t) => t.last > 0));
    const best = await exchange.watchBidsAsks([symbol]);
    assert.ok(best[symbol].bid < best[symbol].ask);
  });

  await report.check('watch klines', async () => {
    const [candle] = await exchange.watchOHLCV(symbol, '1m');
    assert.equal(candle[0] % 60000, 0);
    assert.ok(candle[3] <= candle[4] && candle[4] <= candle[2]);
  });
}

async function reads(report, exchange) {
  await report.check('market data over the WebSocket API', async () => {
    const trades = await exchange.fetchTradesWs(symbol, undefined, 5);
    ascending(trades.map((t) => Number(t.id)), 'ids');
    assert.equal((await exchange.fetchOHLCVWs(symbol, '1m', undefined, 3)).length, 3);
  });

  await report.check('balance over the WebSocket API', async () => {
    const [socket, rest] = [await exchange.fetchBalanceWs(), await exchange.fetchBalance()];
    // This version of the client leaves the spot balances unparsed here.
    assert.deepEqual(socket.info.balances, rest.info.balances);
    assert.ok(socket.info.balances.some((b) => b.asset === 'USDT' && Number(b.free) > 0));
  });
}

async function orders(report, exchange) {
  const ticker = await exchange.fetchTicker(symbol);
  const price = away(exchange, ticker, 0.9);
  // On a socket this client passes its parameters on as they are, so they bear the venue's names.
  const newClientOrderId = 'socket-1';
  const updates = Watch.over(() => exchange.watchOrders(symbol));
  const balances = Watch.over(async () => structuredClone(await exchange.watchBalance()));
  const fills = Watch.over(() => exchange.watchMyTrades(symbol));
  let order;

  await report.check('limit order over the WebSocket API rests and is told of', async () => {
    await exchange.authenticate();
    order = await exchange.createOrderWs(symbol, 'limit', 'buy', 0.01, price, { newClientOrderId });
    assert.deepEqual([order.status, order.amount, order.price, order.clientOrderId], ['open', 0.01, price, newClientOrderId]);
    const told = await updates.until((o) => o.id === order.id);
    assert.deepEqual([told.status, told.amount, told.price, told.filled, told.clientOrderId], ['open', 0.01, price, 0, newClientOrderId]);
    const balance = await balances.until((b) => b.USDT?.used > 0);
    near(balance.USDT.used, price * 0.01, 'locked');
  });

  await report.check('queries over the WebSocket API', async () => {
    assert.equal((await exchange.fetchOrderWs(undefined, symbol, { origClientOrderId: newClientOrderId })).id, order.id);
    assert.deepEqual((await exchange.fetchOpenOrdersWs(symbol)).map((o) => o.id), [order.id]);
    assert.deepEqual((await exchange.fetchOrdersWs(symbol)).map((o) => o.status), ['open']);
  });

  await report.check('edit over the WebSocket API replaces the order', async () => {
    const edited = await exchange.editOrderWs(order.id, symbol, 'limit', 'buy', 0.02, away(exchange, ticker, 0.91));
    assert.notEqual(edited.id, order.id);
    assert.deepEqual([edited.status, edited.amount, edited.price], ['open', 0.02, away(exchange, ticker, 0.91)]);
    await updates.until((o) => o.id === order.id && o.status === 'canceled');
    await updates.until((o) => o.id === edited.id && o.status === 'open');
    order = edited;
  });

  await report.check('cancel over the WebSocket API is told of', async () => {
    assert.equal((await exchange.cancelOrderWs(order.id, symbol)).status, 'canceled');
    const told = await updates.until((o) => o.id === order.id && o.status === 'canceled');
    assert.equal(told.filled, 0);
  });

  await report.check('cancel all over the WebSocket API', async () => {
    const placed = [await exchange.createOrderWs(symbol, 'limit', 'buy', 0.01, price), await exchange.createOrderWs(symbol, 'limit', 'buy', 0.02, price)];
    const canceled = await exchange.cancelAllOrdersWs(symbol);
    assert.deepEqual(canceled.map((o) => o.id).sort(), placed.map((o) => o.id).sort());
  });

  await report.check('market order over the WebSocket API fills: order, trades and balance are told of', async () => {
    const before = await exchange.fetchBalance();
    const filled = await exchange.createOrderWs(symbol, 'market', 'buy', 0.05);
    assert.deepEqual([filled.status, filled.filled, filled.remaining], ['closed', 0.05, 0]);
    const told = await updates.until((o) => o.id === filled.id && o.status === 'closed');
    near(told.cost, filled.cost, 'cost');
    await fills.until(() => tradedOf(fills, filled.id) >= 0.05 - 1e-9);
    near(tradedOf(fills, filled.id), 0.05, 'traded');
    const trades = await exchange.fetchMyTradesWs(symbol, undefined, undefined, { orderId: filled.id });
    near(trades.reduce((sum, t) => sum + t.cost, 0), filled.cost, 'cost of the trades');
    const free = before.BTC.free + 0.05 - charged(trades.map((trade) => trade.fee.cost), 0.05 * 0.001);
    await balances.until((b) => Math.abs((b.BTC?.free ?? 0) - free) < 1e-9);
  });

  await report.check('order placed over REST is told of on the socket', async () => {
    const placed = await exchange.createOrder(symbol, 'limit', 'sell', 0.01, away(exchange, ticker, 1.1));
    await updates.until((o) => o.id === placed.id && o.status === 'open');
    await exchange.cancelOrder(placed.id, symbol);
    await updates.until((o) => o.id === placed.id && o.status === 'canceled');
  });

  updates.stop();
  balances.stop();
  fills.stop();
}

function tradedOf(fills, id) {
  return fills.seen.filter((trade) => trade.order === id).reduce((sum, trade) => sum + trade.amount, 0);
}

async function refusals(report, exchange, address) {
  const low = away(exchange, await exchange.fetchTicker(symbol), 0.9);

  await report.check('too small an order over the WebSocket API', () =>
    rejects(() => exchange.createOrderWs(symbol, 'limit', 'buy', 0.00001, low), ccxt.BadRequest, /NOTIONAL/));

  await report.check('insufficient funds over the WebSocket API', async () => {
    const { ETH } = await exchange.fetchBalance();
    const price = Number(exchange.priceToPrecision('ETH/USDT', (await exchange.fetchTicker('ETH/USDT')).last * 1.1));
    const amount = Math.floor(ETH.free) + 1000;
    await rejects(() => exchange.createOrderWs('ETH/USDT', 'limit', 'sell', amount, price), ccxt.InsufficientFunds, /insufficient balance/);
  });

  await report.check('unknown order over the WebSocket API', () =>
    rejects(() => exchange.cancelOrderWs('999999999', symbol), ccxt.OrderNotFound, /Unknown order/));

  await report.check('wrong signature over the WebSocket API', async () => {
    const stranger = await socketClient(address, { secret: 'wrong' });
    stranger.setMarkets(exchange.markets);
    await rejects(() => stranger.createOrderWs(symbol, 'limit', 'buy', 0.01, low), ccxt.AuthenticationError, /Signature/);
    // Besides rejecting the call the client drops a second promise that it rejects too.
    const dropped = once(process, 'unhandledRejection');
    await rejects(() => stranger.watchOrders(symbol), ccxt.AuthenticationError, /Signature/);
    assert.match((await dropped)[0].message, /-1022/);
    await stranger.close();
  });
}
