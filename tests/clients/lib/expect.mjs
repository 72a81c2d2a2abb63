import assert from 'node:assert/strict';

// Binary fractions add up with a little noise; this is far below any step of price or quantity.
export function near(actual, expected, what) {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${what}: ${actual}, expected ${expected}`);
}

// What fills were charged: each fill's share is cut to eight decimals.
export function charged(fees, expected) {
  const sum = fees.reduce((total, fee) => total + fee, 0);
  assert.ok(sum <= expected + 1e-12 && sum > expected - 1.01e-8 * fees.length, `charged: ${sum}, expected ${expected}`);
  return sum;
}

// The error a call rejects with; its class and text are the client's own, so both are compared.
export async function rejects(call, type, text) {
  let result;
  try {
    result = await call();
  } catch (error) {
    const name = error?.constructor?.name;
    assert.equal(name, type.name, `${name}: ${error?.message}`);
    assert.match(error.message, text);
    return error;
  }

  assert.fail(`expected ${type.name}, got ${JSON.stringify(result)}`);
}

export function ascending(values, what) {
  assert.ok(values.every((value, index) => index === 0 || values[index - 1] <= value), `${what} ascending: ${values}`);
}

// For clients that reject with the venue's answer itself: its code and its text.
export async function refused(call, code, text) {
  let result;
  try {
    result = await call();
  } catch (error) {
    const [number, message] = [error.code ?? error.error?.code ?? error.retCode, error.message ?? error.error?.msg ?? error.retMsg];
    assert.equal(number, code, JSON.stringify(error));
    assert.match(message, text);
    return error;
  }

  assert.fail(`expected a refusal with ${code}, got ${JSON.stringify(result)}`);
}
