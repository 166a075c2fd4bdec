/** A row with this key is there already: nothing of the statement was done. */
export class DuplicateKeyError extends Error {
  override readonly name = 'DuplicateKeyError';
}
