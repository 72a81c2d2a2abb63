import assert from 'node:assert/strict';

const depth = 10;

// A book that has not moved for a while would agree even if its changes were wrong.
const movements = 10;

// The best levels of a book under the venue's number for that state of it.
export function picture(book) {
  return { nonce: book.nonce, bids: levels(book.bids), asks: levels(book.asks) };
}

// Compares a book kept from a stream with what REST says of the very same state of it. A snapshot taken between two events has no
// counterpart; then the next one is taken.
export async function agrees(kept, snapshot) {
  await kept.until(() => kept.seen.length >= movements);
  for (;;) {
    const rest = picture(await snapshot());
    const reached = await kept.until((book) => book.nonce >= rest.nonce);
    if (reached.nonce === rest.nonce) {
      const last = kept.seen.findLast((book) => book.nonce === rest.nonce);
      assert.deepEqual(last, rest);
      assert.equal(rest.bids.length, depth);
      return;
    }
  }
}

// A book for clients that keep none: levels by price, an amount of 0 removes one.
export class LevelBook {
  #bids = new Map();
  #asks = new Map();
  nonce = 0;

  apply(nonce, bids, asks) {
    for (const [side, changes] of [[this.#bids, bids], [this.#asks, asks]]) {
      for (const [price, amount] of changes) {
        if (Number(amount) === 0) {
          side.delete(Number(price));
        } else {
          side.set(Number(price), Number(amount));
        }
      }
    }

    this.nonce = nonce;
  }

  replace(nonce, bids, asks) {
    this.#bids.clear();
    this.#asks.clear();
    this.apply(nonce, bids, asks);
  }

  picture() {
    return picture({ nonce: this.nonce, bids: sorted(this.#bids, -1), asks: sorted(this.#asks, 1) });
  }
}

function sorted(side, direction) {
  return [...side].sort(([a], [b]) => direction * (a - b));
}

// The same where the numbers of stream and REST are not comparable: the very same levels must come up in both.
export async function agreesInContent(kept, snapshot) {
  await kept.until(() => kept.seen.length >= movements);
  for (;;) {
    const rest = content(picture(await snapshot()));
    const enough = kept.seen.length + 3;
    await kept.until((book) => content(book) === rest || kept.seen.length >= enough);
    if (kept.seen.some((book) => content(book) === rest)) {
      return;
    }
  }
}

function content({ bids, asks }) {
  return JSON.stringify([bids, asks]);
}

function levels(side) {
  return Array.from(side).slice(0, depth).map(([price, amount]) => [Number(price), Number(amount)]);
}
