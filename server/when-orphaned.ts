/** How often to look; also the longest that a restart on the same port has to wait for the one before. */
const EVERY_MS = 250;

/**
 * Calls `stop` when the process that started this one is gone. Between npm and the server stands a shell that
 * dies of a signal without passing it on; the server would live on and keep the port.
 */
export function whenOrphaned(stop: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, EVERY_MS);
  timer.unref();
}
