import assert from 'node:assert/strict';

const depth = 10;

// The best levels of a book under the venue's number for that state of it.
export function picture(book) {
  return { nonce: book.nonce, bids: levels(book.bids), asks: levels(book.asks) };
}

// Compares a book kept from a stream with what REST says of the very same state of it. A snapshot taken between two events has no
// counterpart; then the next one is taken.
export async function agrees(kept, snapshot) {
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

function levels(side) {
  return Array.from(side).slice(0, depth).map(([price, amount]) => [Number(price), Number(amount)]);
}
