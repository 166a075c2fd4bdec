/** The server's only source of time; tests bring their own. */
export interface Clock {
  /** Whole epoch ms. Never runs backwards, and does not jump when the machine's clock is set. */
  readonly now: () => number;
  /** Calls once, `ms` from now at the earliest. */
  readonly after: (ms: number, call: () => void) => Timer;
}

export interface Timer {
  readonly cancel: () => void;
}

/** setTimeout takes 31 bits of milliseconds; whoever waits longer looks again. */
const LONGEST_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Math.floor(performance.timeOrigin + performance.now()),
  after(ms, call) {
    const timeout = setTimeout(call, Math.min(Math.max(0, Math.ceil(ms)), LONGEST_MS));
    // What waits for time to pass does not keep a stopping process alive.
    timeout.unref();
    return { cancel: () => clearTimeout(timeout) };
  },
};
