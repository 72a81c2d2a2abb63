import ccxt from 'ccxt';

export const symbol = 'BTC/USDT';

// Every address of the client leads to the simulator; a path it does not serve then fails instead of leaving the machine.
function addresses(venue) {
  const rest = Object.keys(new ccxt.binance().urls.api).filter((name) => typeof new ccxt.binance().urls.api[name] === 'string');
  const sapi = { sapi: 'v1', sapiV2: 'v2', sapiV3: 'v3', sapiV4: 'v4' };
  return {
    ...Object.fromEntries(rest.map((name) => [name, `${venue.rest}/${name}`])),
    ...Object.fromEntries(Object.entries(sapi).map(([name, version]) => [name, `${venue.rest}/sapi/${version}`])),
    public: `${venue.rest}/api/v3`,
    private: `${venue.rest}/api/v3`,
    v1: `${venue.rest}/api/v1`,
    ws: {
      // The client tells spot from futures by "/stream" in the address.
      spot: `${venue.stream}/ws`,
      'ws-api': { spot: venue['ws-api'] },
    },
  };
}

export function client(type, venue, settings = {}) {
  const { options, ...rest } = settings;
  return new type({
    apiKey: venue['api key'],
    secret: venue['api secret'],
    urls: { api: addresses(venue) },
    options: { fetchMarkets: { types: ['spot'] }, ...options },
    ...rest,
  });
}

// The client opens ws:// addresses only after this call.
export async function socketClient(venue, settings) {
  const exchange = client(ccxt.pro.binance, venue, settings);
  await exchange.loadHttpProxyAgent();
  return exchange;
}

// A price some way from the market, on the market's tick.
export function away(exchange, ticker, factor) {
  return Number(exchange.priceToPrecision(symbol, ticker.last * factor));
}
