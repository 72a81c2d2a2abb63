import assert from 'node:assert/strict';
import ccxt from 'ccxt';
import { agreesInContent, picture } from '../lib/books.mjs';
import { away, perpetual as symbol, socketClient } from '../lib/ccxt-bybit.mjs';
import { ascending, near, rejects } from '../lib/expect.mjs';
import { Watch } from '../lib/watch.mjs';

export const venue = 'bybit';

export default async function suite(report, address) {
  const exchange = await socketClient(address, { options: { defaultType: 'swap', fetchMarkets: { types: ['spot', 'linear'] } } });
  await market(report, exchange);
  await streams(report, exchange);
  await settings(report, exchange);
  await resting(report, exchange);
  await position(report, exchange);
  await sockets(report, exchange);
  await refusals(report, exchange);
  await exchange.close();
}

async function market(report, exchange) {
  await report.check('load markets: perpetuals beside spot', async () => {
    const markets = await exchange.loadMarkets();
    const bitcoin = markets[symbol];
    assert.deepEqual([bitcoin.id, bitcoin.type, bitcoin.linear, bitcoin.settle, bitcoin.contractSize, bitcoin.active], ['BTCUSDT', 'swap', true, 'USDT', 1, true]);
    assert.equal(markets['BTC/USDT'].type, 'spot');
    const [raw] = (await exchange.publicGetV5MarketInstrumentsInfo({ category: 'linear', symbol: 'BTCUSDT' })).result.list;
    assert.deepEqual(
      [bitcoin.precision.price, bitcoin.precision.amount, bitcoin.limits.leverage.max],
      [Number(raw.priceFilter.tickSize), Number(raw.lotSizeFilter.qtyStep), Number(raw.leverageFilter.maxLeverage)]);
  });

  await report.check('ticker with mark and index price', async () => {
    const ticker = await exchange.fetchTicker(symbol);
    assert.equal(ticker.symbol, symbol);
    assert.ok(ticker.bid < ticker.ask && ticker.low <= ticker.last && ticker.last <= ticker.high);
    assert.ok(Math.abs(ticker.markPrice / ticker.last - 1) < 0.01 && Math.abs(ticker.indexPrice / ticker.last - 1) < 0.01);
  });

  await report.check('funding rate', async () => {
    const funding = await exchange.fetchFundingRate(symbol);
    assert.equal(funding.symbol, symbol);
    assert.ok(Math.abs(funding.fundingRate) <= 0.01);
    assert.ok(funding.fundingTimestamp > Date.now());
  });

  await report.check('order book, trades and klines', async () => {
    const book = await exchange.fetchOrderBook(symbol, 10);
    assert.deepEqual([book.bids.length, book.asks.length], [10, 10]);
    ascending(book.asks.map(([price]) => price), 'asks');
    const trades = await exchange.fetchTrades(symbol, undefined, 10);
    assert.ok(trades.every((trade) => trade.symbol === symbol && trade.price > 0));
    const candles = await exchange.fetchOHLCV(symbol, '1m', undefined, 3);
    assert.deepEqual(candles.map((c) => c[0] - candles[0][0]), [0, 60000, 120000]);
  });
}

async function streams(report, exchange) {
  await report.check('watch order book keeps the book that REST has', async () => {
    const kept = Watch.over(async () => picture(await exchange.watchOrderBook(symbol, 50)));
    await agreesInContent(kept, () => exchange.fetchOrderBook(symbol, 50));
    kept.stop();
  });

  await report.check('watch trades and ticker', async () => {
    const [trade] = await exchange.watchTrades(symbol);
    assert.equal(trade.symbol, symbol);
    const ticker = await exchange.watchTicker(symbol);
    assert.equal(ticker.symbol, symbol);
    assert.ok(ticker.markPrice > 0 && ticker.indexPrice > 0);
  });
}

async function settings(report, exchange) {
  await report.check('leverage is set once', async () => {
    await exchange.setLeverage(5, symbol);
    assert.equal((await exchange.fetchLeverage(symbol)).longLeverage, 5);
    await rejects(() => exchange.setLeverage(5, symbol), ccxt.BadRequest, /110043.*not modified/);
    await rejects(() => exchange.setLeverage(1000, symbol), ccxt.BadRequest, /leverage/i);
  });
}

async function resting(report, exchange) {
  await report.check('limit order rests, is amended and canceled', async () => {
    const ticker = await exchange.fetchTicker(symbol);
    const price = away(exchange, ticker, 0.95);
    const placed = await exchange.createOrder(symbol, 'limit', 'buy', 0.01, price, { clientOrderId: 'perpetual-1' });
    const order = await exchange.fetchOpenOrder(placed.id, symbol);
    assert.deepEqual([order.symbol, order.status, order.amount, order.price, order.clientOrderId, order.reduceOnly], [symbol, 'open', 0.01, price, 'perpetual-1', false]);
    await exchange.editOrder(order.id, symbol, 'limit', 'buy', 0.02, away(exchange, ticker, 0.96));
    assert.equal((await exchange.fetchOpenOrder(order.id, symbol)).amount, 0.02);
    await exchange.cancelOrder(order.id, symbol);
    assert.deepEqual(await exchange.fetchOpenOrders(symbol), []);
  });
}

async function position(report, exchange) {
  let opened;

  await report.check('market order opens a position', async () => {
    const placed = await exchange.createOrder(symbol, 'market', 'buy', 0.02);
    opened = await exchange.fetchClosedOrder(placed.id, symbol);
    assert.deepEqual([opened.status, opened.filled], ['closed', 0.02]);
    const held = await exchange.fetchPosition(symbol);
    assert.deepEqual([held.symbol, held.side, held.contracts, held.leverage], [symbol, 'long', 0.02, 5]);
    near(held.entryPrice, opened.average, 'entry price');
    assert.ok(held.markPrice > 0 && held.initialMargin > 0);
    const trades = await exchange.fetchMyTrades(symbol, undefined, undefined, { orderId: placed.id });
    near(trades.reduce((sum, t) => sum + t.amount, 0), 0.02, 'traded');
    assert.ok(trades.every((t) => t.fee.currency === 'USDT' && t.fee.cost > 0 && t.takerOrMaker === 'taker'));
  });

  await report.check('stop order waits for its trigger', async () => {
    const ticker = await exchange.fetchTicker(symbol);
    const triggerPrice = away(exchange, ticker, 0.9);
    const placed = await exchange.createOrder(symbol, 'market', 'sell', 0.02, undefined, { triggerPrice, triggerDirection: 'descending', reduceOnly: true });
    const [waiting] = await exchange.fetchOpenOrders(symbol, undefined, undefined, { trigger: true });
    assert.deepEqual([waiting.id, waiting.triggerPrice, waiting.reduceOnly, waiting.info.orderStatus], [placed.id, triggerPrice, true, 'Untriggered']);
    await exchange.cancelOrder(placed.id, symbol, { trigger: true });
    assert.deepEqual(await exchange.fetchOpenOrders(symbol, undefined, undefined, { trigger: true }), []);
  });

  await report.check('reduce-only order closes the position and books its result', async () => {
    const before = await exchange.fetchBalance();
    const placed = await exchange.createOrder(symbol, 'market', 'sell', 0.02, undefined, { reduceOnly: true });
    const closed = await exchange.fetchClosedOrder(placed.id, symbol);
    assert.deepEqual([closed.filled, closed.reduceOnly], [0.02, true]);
    assert.deepEqual((await exchange.fetchPositions([symbol])).filter((p) => p.contracts > 0), []);
    const trades = await exchange.fetchMyTrades(symbol, undefined, undefined, { orderId: placed.id });
    const fee = trades.reduce((sum, t) => sum + t.fee.cost, 0);
    const result = (closed.average - opened.average) * 0.02 - fee;
    const after = await exchange.fetchBalance();
    const booked = (balance) => Number(balance.info.result.list[0].coin.find((c) => c.coin === 'USDT').walletBalance);
    assert.ok(Math.abs(booked(after) - booked(before) - result) < 1e-6, `${booked(after) - booked(before)}, expected ${result}`);
  });

  await report.check('closed result is listed', async () => {
    const [closed] = await exchange.fetchPositionsHistory([symbol]);
    assert.equal(closed.symbol, symbol);
    assert.equal(Number(closed.info.closedSize), 0.02);
  });
}

async function sockets(report, exchange) {
  const updates = Watch.over(() => exchange.watchOrders(symbol));
  const positions = Watch.over(async () => structuredClone(await exchange.watchPositions([symbol])));
  const both = async (amount) => {
    const sold = await exchange.createOrderWs(symbol, 'market', 'sell', amount);
    await exchange.createOrderWs(symbol, 'market', 'buy', amount, undefined, { reduceOnly: true });
    return sold;
  };

  await report.check('orders and positions over sockets', async () => {
    // The client does not say when the venue has confirmed its subscriptions, so something is done until it is told of: at the
    // pace of the market's trades, for orders are limited.
    while (updates.seen.length === 0 || positions.seen.length === 0) {
      await both(0.01);
      await exchange.watchTrades(symbol);
    }

    const sold = await both(0.03);
    const told = await updates.until((o) => o.id === sold.id && o.status === 'closed');
    assert.deepEqual([told.symbol, told.filled, told.side], [symbol, 0.03, 'sell']);
    const held = await positions.until((p) => p.contracts === 0.03);
    assert.deepEqual([held.symbol, held.side], [symbol, 'short']);
    await positions.until((p) => p.contracts === 0, positions.seen.indexOf(held));
  });

  updates.stop();
  positions.stop();
}

async function refusals(report, exchange) {
  const low = away(exchange, await exchange.fetchTicker(symbol), 0.95);

  await report.check('insufficient margin', () =>
    rejects(() => exchange.createOrder(symbol, 'limit', 'buy', 90, low), ccxt.InsufficientFunds, /110007/));

  await report.check('reduce-only order without a position', () =>
    rejects(() => exchange.createOrder(symbol, 'limit', 'sell', 0.01, low, { reduceOnly: true }), ccxt.InvalidOrder, /110017/));

  await report.check('unknown order', () =>
    rejects(() => exchange.cancelOrder('00000000-0000-0000-0000-000000000000', symbol), ccxt.OrderNotFound, /110001/));
}
