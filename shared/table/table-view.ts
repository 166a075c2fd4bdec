import type { About } from './about.ts';
import type { TableNow } from './table-now.ts';
import type { TracePiece } from './trace.ts';

/**
 * A view is right by itself if `trace.from` is 0; otherwise it continues one. `at`: the instant it was made,
 * epoch ms.
 */
export interface TableView {
  readonly tableId: string;
  readonly at: number;
  /**
   * Whole; absent if it is as it was in the view before. There always is one in a view that is right by
   * itself.
   */
  readonly now?: TableNow;
  readonly trace: TracePiece;
}

export interface TableSnapshot extends TableView {
  readonly about: About;
  readonly now: TableNow;
}
