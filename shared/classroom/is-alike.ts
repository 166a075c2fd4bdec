import { foldName } from './fold-name.ts';

/** Whether two names may be taken for each other. */
export function isAlike(name: string, other: string): boolean {
  const folds = foldName(other);
  return foldName(name).some((fold) => folds.includes(fold));
}
