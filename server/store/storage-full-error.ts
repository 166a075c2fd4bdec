/** The disk (or the database's own limit) is full: nothing was written, reading goes on. */
export class StorageFullError extends Error {
  override readonly name = 'StorageFullError';
}
