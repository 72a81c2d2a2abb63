import assert from 'node:assert/strict';
import ccxt from 'ccxt';
import { agreesInContent, picture } from '../lib/books.mjs';
import { away, socketClient, symbol } from '../lib/ccxt-bybit.mjs';
import { charged, near, rejects } from '../lib/expect.mjs';
import { Watch } from '../lib/watch.mjs';

export const venue = 'bybit';

export default async function suite(report, address) {
  const exchange = await socketClient(address);
  await exchange.loadMarkets();
  await streams(report, exchange);
  await orders(report, exchange);
  await refusals(report, exchange, address);
  await exchange.close();
}

async function streams(report, exchange) {
  await report.check('watch order book keeps the book that REST has', async () => {
    const kept = Watch.over(async () => picture(await exchange.watchOrderBook(symbol, 50)));
    await agreesInContent(kept, () => exchange.fetchOrderBook(symbol, 50));
    kept.stop();
  });

  await report.check('watch trades of two markets', async () => {
    const trades = Watch.over(() => exchange.watchTradesForSymbols([symbol, 'ETH/USDT']));
    const bitcoin = await trades.until((trade) => trade.symbol === symbol);
    await trades.until((trade) => trade.symbol === 'ETH/USDT');
    trades.stop();
    assert.ok(['buy', 'sell'].includes(bitcoin.side) && bitcoin.price > 0 && bitcoin.amount > 0);
    const known = (await exchange.fetchTrades(symbol, undefined, 60)).find((trade) => trade.id === bitcoin.id);
    assert.deepEqual([known?.price, known?.amount, known?.side], [bitcoin.price, bitcoin.amount, bitcoin.side]);
  });

  await report.check('watch ticker is one of a spot market', async () => {
    const ticker = await exchange.watchTicker(symbol);
    assert.equal(ticker.symbol, symbol);
    assert.ok(ticker.low <= ticker.last && ticker.last <= ticker.high);
    assert.ok(Number(ticker.info.usdIndexPrice) > 0);
  });

  await report.check('watch best prices', async () => {
    const best = await exchange.watchBidsAsks([symbol]);
    assert.ok(best[symbol].bid < best[symbol].ask);
  });

  await report.check('watch klines', async () => {
    const [candle] = await exchange.watchOHLCV(symbol, '1m');
    assert.equal(candle[0] % 60000, 0);
    assert.ok(candle[3] <= candle[4] && candle[4] <= candle[2]);
  });
}

async function orders(report, exchange) {
  const ticker = await exchange.fetchTicker(symbol);
  const price = away(exchange, ticker, 0.95);
  const clientOrderId = 'socket-1';
  const updates = Watch.over(() => exchange.watchOrders(symbol));
  const balances = Watch.over(async () => structuredClone(await exchange.watchBalance()));
  const fills = Watch.over(() => exchange.watchMyTrades(symbol));
  let order;

  await report.check('private topics are subscribed', async () => {
    // The client does not say when the venue has confirmed its subscriptions, so something is done until it is told of: at the
    // pace of the market's trades, for orders are limited.
    while ([updates, balances, fills].some((watch) => watch.seen.length === 0)) {
      await exchange.createOrderWs(symbol, 'market', 'sell', 0.001);
      await exchange.watchTrades(symbol);
    }
  });

  await report.check('limit order over the trade socket rests and is told of', async () => {
    order = await exchange.createOrderWs(symbol, 'limit', 'buy', 0.01, price, { clientOrderId });
    const told = await updates.until((o) => o.id === order.id);
    assert.deepEqual([told.status, told.amount, told.price, told.filled, told.clientOrderId], ['open', 0.01, price, 0, clientOrderId]);
    assert.equal((await exchange.fetchOpenOrder(order.id, symbol)).price, price);
    const balance = await balances.until((b) => Math.abs((b.USDT?.used ?? 0) - price * 0.01) < 1e-9);
    near(balance.USDT.total, balance.USDT.free + balance.USDT.used, 'total');
  });

  await report.check('edit over the trade socket amends the order', async () => {
    const better = away(exchange, ticker, 0.96);
    const edited = await exchange.editOrderWs(order.id, symbol, 'limit', 'buy', 0.02, better);
    assert.equal(edited.id, order.id);
    const told = await updates.until((o) => o.id === order.id && o.price === better);
    assert.deepEqual([told.status, told.amount], ['open', 0.02]);
  });

  await report.check('cancel over the trade socket is told of', async () => {
    await exchange.cancelOrderWs(order.id, symbol);
    const told = await updates.until((o) => o.id === order.id && o.status === 'canceled');
    assert.equal(told.filled, 0);
    await balances.until((b) => b.USDT?.used === 0, balances.seen.findIndex((b) => b.USDT?.used > 0));
  });

  await report.check('market order over the trade socket fills: order, trades and balance are told of', async () => {
    const before = await exchange.fetchBalance();
    const placed = await exchange.createOrderWs(symbol, 'market', 'buy', 0.05);
    const told = await updates.until((o) => o.id === placed.id && o.status === 'closed');
    assert.deepEqual([told.filled, told.side], [0.05, 'buy']);
    await fills.until(() => traded(fills, placed.id, 'amount') >= 0.05 - 1e-9);
    near(traded(fills, placed.id, 'amount'), 0.05, 'traded');
    near(traded(fills, placed.id, 'cost'), told.cost, 'paid');
    const mine = fills.seen.filter((trade) => trade.order === placed.id);
    const total = before.BTC.total + 0.05 - charged(mine.map((trade) => trade.fee.cost), 0.05 * 0.001);
    await balances.until((b) => Math.abs((b.BTC?.total ?? 0) - total) < 1e-9);
  });

  await report.check('order placed over REST is told of on the socket', async () => {
    const placed = await exchange.createOrder(symbol, 'limit', 'sell', 0.01, away(exchange, ticker, 1.05));
    await updates.until((o) => o.id === placed.id && o.status === 'open');
    await exchange.cancelOrder(placed.id, symbol);
    await updates.until((o) => o.id === placed.id && o.status === 'canceled');
  });

  await report.check('post-only order that would take is told of as canceled', async () => {
    const placed = await exchange.createOrderWs(symbol, 'limit', 'buy', 0.01, away(exchange, ticker, 1.02), { postOnly: true });
    const told = await updates.until((o) => o.id === placed.id);
    assert.deepEqual([told.status, told.filled, told.info.rejectReason], ['canceled', 0, 'EC_PostOnlyWillTakeLiquidity']);
  });

  updates.stop();
  balances.stop();
  fills.stop();
}

function traded(fills, id, what) {
  return fills.seen.filter((trade) => trade.order === id).reduce((sum, trade) => sum + trade[what], 0);
}

async function refusals(report, exchange, address) {
  const low = away(exchange, await exchange.fetchTicker(symbol), 0.95);

  await report.check('too small an order over the trade socket', () =>
    rejects(() => exchange.createOrderWs(symbol, 'limit', 'buy', 0.000048, low), ccxt.InvalidOrder, /170140|170136|170124/));

  await report.check('insufficient funds over the trade socket', async () => {
    const { ETH } = await exchange.fetchBalance();
    const price = Number(exchange.priceToPrecision('ETH/USDT', (await exchange.fetchTicker('ETH/USDT')).last * 1.02));
    const amount = Math.floor(ETH.free) + 100;
    await rejects(() => exchange.createOrderWs('ETH/USDT', 'limit', 'sell', amount, price), ccxt.InsufficientFunds, /170131/);
  });

  await report.check('unknown order over the trade socket', () =>
    rejects(() => exchange.cancelOrderWs('999999999', symbol), ccxt.OrderNotFound, /170213/));

  await report.check('wrong signature on the trade socket', async () => {
    const stranger = await socketClient(address, { secret: 'wrong' });
    stranger.setMarkets(exchange.markets);
    await rejects(() => stranger.createOrderWs(symbol, 'limit', 'buy', 0.01, low), ccxt.AuthenticationError, /10004|Authentication failed/);
    await stranger.close();
  });
}
