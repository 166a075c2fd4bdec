/**
 * The ids of the commands that a table has accepted. All the values of one table share one map, from an id to how many came before
 * it: a value knows the first `count` of them, and what was added after it is no part of it. So adding and asking cost the
 * same however old the table is. Where a table has two futures, the second to go on takes a map of its own.
 */
export type Accepted = { readonly ids: Map<string, number>; readonly count: number } | null;

export function accept(accepted: Accepted, id: string): Accepted {
  if (accepted === null) return { ids: new Map([[id, 0]]), count: 1 };
  if (isAccepted(accepted, id)) return accepted;
  const { count } = accepted;
  const ids = accepted.ids.size === count ? accepted.ids : firstOf(accepted);
  ids.set(id, count);
  return { ids, count: count + 1 };
}

export function isAccepted(accepted: Accepted, id: string): boolean {
  return accepted !== null && (accepted.ids.get(id) ?? Infinity) < accepted.count;
}

function firstOf({ ids, count }: NonNullable<Accepted>): Map<string, number> {
  const own = new Map<string, number>();
  for (const [id, before] of ids) if (before < count) own.set(id, before);
  return own;
}

/** An id is its sender's own: nobody can use up another's. */
export function commandKey(by: string | undefined, cmd: string): string {
  return `${by ?? ''}\u0000${cmd}`;
}
