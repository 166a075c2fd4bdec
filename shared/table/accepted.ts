/**
 * The ids of the commands that a table has accepted. All the values of one table share them, each id with how
 * many came before it: a value knows the first `count` of them, and what was added after it is no part of it.
 * So adding and asking cost the same however old the table is. Where a table has two futures, the second to
 * go on takes a list of its own.
 */
export type Accepted = { readonly shared: Shared; readonly count: number } | null;

interface Shared {
  /**
   * By sender, then by id: an id is its sender's own, and nobody can use up another's. One key of both, which
   * had to be made twice for each command, was 64 octets more to keep of it.
   */
  readonly before: Map<string, Map<string, number>>;
  size: number;
}

export function accept(accepted: Accepted, by: string | undefined, cmd: string): Accepted {
  if (isAccepted(accepted, by, cmd)) return accepted;
  const count = accepted?.count ?? 0;
  const shared = accepted?.shared.size === count ? accepted.shared : firstOf(accepted);
  add(shared, by ?? '', cmd);
  return { shared, count: count + 1 };
}

export function isAccepted(accepted: Accepted, by: string | undefined, cmd: string): boolean {
  return accepted !== null && (accepted.shared.before.get(by ?? '')?.get(cmd) ?? Infinity) < accepted.count;
}

/** Sender and id of each, in the order in which they came. */
export function acceptedIn(accepted: Accepted): readonly (readonly [by: string, cmd: string])[] {
  const found: [string, string][] = [];
  if (accepted === null) return found;
  for (const [by, own] of accepted.shared.before) {
    for (const [cmd, before] of own) if (before < accepted.count) found[before] = [by, cmd];
  }
  return found;
}

function firstOf(accepted: Accepted): Shared {
  const own: Shared = { before: new Map(), size: 0 };
  for (const [by, cmd] of acceptedIn(accepted)) add(own, by, cmd);
  return own;
}

function add(shared: Shared, by: string, cmd: string): void {
  const own = shared.before.get(by);
  if (own) own.set(cmd, shared.size);
  else shared.before.set(by, new Map([[cmd, shared.size]]));
  shared.size += 1;
}
