/**
 * Web storage that is absent, full or forbidden is no reason to stop: the lab then forgets, and says nothing.
 */
export function remember(kind: 'session' | 'local', key: string, value: unknown): void {
  try {
    const text = JSON.stringify(value);
    (kind === 'session' ? sessionStorage : localStorage).setItem(`handshake-lab:${key}`, text);
  } catch {
    // Forgotten.
  }
}

/** What was remembered, as it was written; null if nothing was, or if it cannot be read. */
export function recall(kind: 'session' | 'local', key: string): unknown {
  try {
    const text = (kind === 'session' ? sessionStorage : localStorage).getItem(`handshake-lab:${key}`);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

export function forget(kind: 'session' | 'local', key: string): void {
  try {
    (kind === 'session' ? sessionStorage : localStorage).removeItem(`handshake-lab:${key}`);
  } catch {
    // Nothing to forget.
  }
}
