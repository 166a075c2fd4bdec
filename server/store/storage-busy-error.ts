/** Another process kept the database locked for too long: nothing was written, and the next try may do it. */
export class StorageBusyError extends Error {
  override readonly name = 'StorageBusyError';
}
