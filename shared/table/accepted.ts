/**
 * The ids of the commands that a table has accepted. A set that shares its past: few old big sets and some young small ones,
 * where two of a size become one, so that adding costs log n on average and asking looks into log n sets.
 */
export type Accepted = { readonly ids: ReadonlySet<string>; readonly older: Accepted } | null;

export function accept(accepted: Accepted, id: string): Accepted {
  let ids: ReadonlySet<string> = new Set([id]);
  let older = accepted;
  while (older !== null && older.ids.size <= ids.size) {
    ids = new Set([...older.ids, ...ids]);
    older = older.older;
  }
  return { ids, older };
}

export function isAccepted(accepted: Accepted, id: string): boolean {
  for (let layer = accepted; layer !== null; layer = layer.older) if (layer.ids.has(id)) return true;
  return false;
}

/** An id is its sender's own: nobody can use up another's. */
export function commandKey(by: string | undefined, cmd: string): string {
  return `${by ?? ''}\u0000${cmd}`;
}
