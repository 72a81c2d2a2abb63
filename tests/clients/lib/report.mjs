// One line of JSON per check on standard output; whoever started us reads them by name.
const checkSeconds = 20;

export class Report {
  passed = 0;
  failed = 0;

  async check(name, body) {
    const start = performance.now();
    const deadline = new AbortController();
    try {
      await withDeadline(body(deadline.signal), checkSeconds, 'the check');
      this.passed++;
      this.#write({ check: name, ok: true, ms: Math.round(performance.now() - start) });
    } catch (error) {
      this.failed++;
      this.#write({ check: name, ok: false, error: describe(error) });
    } finally {
      deadline.abort();
    }
  }

  end(problem) {
    this.#write({ done: problem === undefined, passed: this.passed, failed: this.failed, ...(problem && { error: describe(problem) }) });
  }

  #write(line) {
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

// Rejects when a promise takes longer than it may.
export function withDeadline(promise, seconds, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function describe(error) {
  if (!(error instanceof Error)) {
    return typeof error === 'string' ? error : JSON.stringify(error);
  }

  const place = (error.stack ?? '').split('\n').find((line) => line.includes('/suites/'));
  return `${error.name}: ${error.message}${place ? ` (${place.trim()})` : ''}`;
}
