/** What the projector shows. */
export interface Screen {
  readonly show: 'code' | 'progress' | 'table' | 'poll' | 'debrief' | 'blank';
  /** For `table`; for `debrief` of one table. */
  readonly tableId?: string;
  /** The moment of the table, virtual ms; absent: live, or the end. */
  readonly atMs?: number;
  /** Whether people's names may be shown. */
  readonly names: boolean;
}
