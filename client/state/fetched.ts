/** How long to wait before a part of the page is asked for again, ms. */
const AGAIN_MS = 1500;

/**
 * A part of the page that is fetched when it is needed. Networks blink in classrooms, so it is asked for
 * until it comes; a second call gives the same.
 */
export function fetched<T>(load: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  const ask = (): Promise<T> =>
    load().catch(() => new Promise<T>((resolve) => setTimeout(() => resolve(ask()), AGAIN_MS)));
  return () => (asked ??= ask());
}
