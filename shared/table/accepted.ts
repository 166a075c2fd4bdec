/**
 * The ids of the commands that a table has accepted: a value that shares its past. The youngest are a list; what the list cannot
 * hold goes into sets, few old big ones and some young small ones, where two of a size become one. So adding costs
 * log n on average, and asking looks at one short list and log n sets.
 */
export type Accepted = Young | null;

interface Young {
  readonly id: string;
  readonly before: Young | null;
  readonly length: number;
  readonly older: Layer | null;
}

interface Layer {
  readonly ids: ReadonlySet<string>;
  readonly older: Layer | null;
}

/** A set for a single id costs ten times what a link does, and most tables end with fewer than so many. */
const LONGEST_LIST = 32;

export function accept(accepted: Accepted, id: string): Accepted {
  if (accepted === null) return { id, before: null, length: 1, older: null };
  const { length, older } = accepted;
  if (length < LONGEST_LIST) return { id, before: accepted, length: length + 1, older };
  return { id, before: null, length: 1, older: layered(accepted) };
}

export function isAccepted(accepted: Accepted, id: string): boolean {
  for (let young = accepted; young !== null; young = young.before) if (young.id === id) return true;
  for (let layer = accepted?.older ?? null; layer !== null; layer = layer.older) {
    if (layer.ids.has(id)) return true;
  }
  return false;
}

/** The list as a set on top of the others. */
function layered(young: Young): Layer {
  const ids = new Set<string>();
  for (let link: Young | null = young; link !== null; link = link.before) ids.add(link.id);
  let { older } = young;
  while (older !== null && older.ids.size <= ids.size) {
    for (const id of older.ids) ids.add(id);
    older = older.older;
  }
  return { ids, older };
}

/** An id is its sender's own: nobody can use up another's. */
export function commandKey(by: string | undefined, cmd: string): string {
  return `${by ?? ''}\u0000${cmd}`;
}
