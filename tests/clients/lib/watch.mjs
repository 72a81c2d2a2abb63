// Keeps asking for the next thing of a stream and lets checks wait for what they expect of it.
export class Watch {
  seen = [];
  #waiting = new Set();
  #stopped = false;
  #error;

  // `next` resolves to one thing or to a list of them.
  static over(next) {
    const watch = new Watch();
    watch.#run(next);
    return watch;
  }

  // For clients that call back instead.
  push(...things) {
    this.seen.push(...things);
    this.#settle();
  }

  // The first thing that fits, seen already or still to come. The check's own deadline ends the wait.
  async until(fits, from = 0) {
    let index = from;
    for (;;) {
      for (; index < this.seen.length; index++) {
        if (fits(this.seen[index])) {
          return this.seen[index];
        }
      }

      if (this.#error) {
        throw this.#error;
      }

      await new Promise((resolve) => this.#waiting.add(resolve));
    }
  }

  stop() {
    this.#stopped = true;
  }

  async #run(next) {
    try {
      while (!this.#stopped) {
        const things = await next();
        this.push(...(Array.isArray(things) ? things : [things]));
      }
    } catch (error) {
      this.#error = this.#stopped ? undefined : error;
      this.#settle();
    }
  }

  #settle() {
    for (const resolve of this.#waiting) {
      resolve();
    }

    this.#waiting.clear();
  }
}
