/*
 * Lists that are hardly ever long and mostly stay as they are: each of these gives back what it was given
 * where nothing changes.
 */

const EMPTY: readonly never[] = [];

export function joined<T>(some: readonly T[], more: readonly T[]): readonly T[] {
  return some.length === 0 ? more : [...some, ...more];
}

export function otherThan<T>(list: readonly T[], item: T): readonly T[] {
  return list.length === 1 && list[0] === item ? EMPTY : list.filter((one) => one !== item);
}

/** With another value in the place of each that changes. */
export function changedIn<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  let changed: T[] | null = null;
  let i = 0;
  for (const item of list) {
    const now = change(item);
    if (now !== item) (changed ??= [...list])[i] = now;
    i += 1;
  }
  return changed ?? list;
}
