/** What became of an append. `conflict`: the log is no longer at the expected version. */
export type AppendOutcome = 'ok' | 'conflict' | 'storage-full';

/** Append-only logs, one per stream, of entries that are plain JSON values. */
export interface LogStore<E> {
  /**
   * Adds `entries` behind the first `expectedVersion` ones, all or none, and resolves once they are durable.
   * `expectedVersion` is a version that the log has had: 0, or one reached by reading or appending. Of several appends to one stream at the same version exactly one is `ok`.
   * `storage-full` leaves the log as it was; the same append may succeed later. Rejects when it is not known
   * whether the entries were kept.
   */
  append(stream: string, expectedVersion: number, entries: readonly E[]): Promise<AppendOutcome>;
  /**
   * The entries from version `from` (again one that the log has had, by default 0) on; none if there is no
   * such stream.
   */
  read(stream: string, from?: number): Promise<E[]>;
  /**
   * Resolves just before the next group is written: what is appended at once then is part of it. A log that
   * writes no groups has none of this.
   */
  readonly ready?: () => Promise<void>;
}
