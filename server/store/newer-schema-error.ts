/** The database was written by a newer release: this one must not touch it. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
}
