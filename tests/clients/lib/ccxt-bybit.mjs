import ccxt from 'ccxt';

export const symbol = 'BTC/USDT';
export const perpetual = 'BTC/USDT:USDT';

// The client tells spot from contracts by "spot" in the address of a public stream, and a private one by "v5/private".
function addresses(venue) {
  const { linear } = venue;
  return {
    ...Object.fromEntries(['spot', 'futures', 'v2', 'public', 'private'].map((name) => [name, venue.rest])),
    ws: {
      public: { spot: venue.public, linear, inverse: linear, option: linear },
      private: { spot: { unified: venue.private, nonUnified: venue.private }, contract: venue.private, usdc: venue.private, trade: venue.trade },
    },
  };
}

export function client(type, venue, settings = {}) {
  const { options, ...rest } = settings;
  return new type({
    apiKey: venue['api key'],
    secret: venue['api secret'],
    urls: { api: addresses(venue) },
    options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] }, ...options },
    ...rest,
  });
}

// The client opens ws:// addresses only after this call.
export async function socketClient(venue, settings) {
  const exchange = client(ccxt.pro.bybit, venue, settings);
  await exchange.loadHttpProxyAgent();
  return exchange;
}

// A price some way from the market, on the market's tick.
export function away(exchange, ticker, factor) {
  return Number(exchange.priceToPrecision(ticker.symbol, ticker.last * factor));
}
