import type { Refusal } from '../../shared/refusals.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { TableSnapshot, TableView } from '../../shared/table/table-view.ts';
import type { AnswersShown } from '../../shared/table/view.ts';
import type { TableViews, ViewJson, Watcher } from '../table/publish.ts';

/** One connection's look at tables: at most one at a time, and none once it is gone. */
export class TableDesk {
  readonly #views: TableViews;
  readonly #watcher: Watcher;
  #at: string | null = null;
  #gone = false;
  /** Snapshots that are on their way, and the views that must not overtake them. */
  #underWay = 0;
  #held: [TableView, ViewJson][] = [];
  readonly #send: (json: ViewJson) => void;
  readonly #answers: (() => Promise<AnswersShown>) | undefined;

  /**
   * `answers`: which of the debrief's questions are answered in it, at this moment; absent: none, except for
   * an instructor.
   */
  constructor(
    views: TableViews,
    roleAt: Watcher['roleAt'],
    send: (json: ViewJson) => void,
    answers?: () => Promise<AnswersShown>,
  ) {
    this.#views = views;
    this.#send = send;
    this.#answers = answers;
    this.#watcher = {
      roleAt,
      send: (view, json) => {
        if (this.#underWay > 0) this.#held.push([view, json]);
        else this.#show(view, json);
      },
    };
  }

  async watch(tableId: string): Promise<Result<TableSnapshot, Refusal>> {
    if (this.#at !== null && this.#at !== tableId) this.leave(this.#at);
    this.#at = tableId;
    this.#underWay += 1;
    try {
      const snapshot = await this.#views.watch(tableId, this.#watcher, await this.#answers?.());
      if (this.#gone || this.#at !== tableId) this.#views.leave(tableId, this.#watcher);
      return snapshot;
    } finally {
      // Whoever asked has its answer by the end of this turn of the event loop.
      setImmediate(() => this.#release());
    }
  }

  leave(tableId: string): Result<null, Refusal> {
    if (this.#at === tableId) {
      this.#at = null;
      this.#views.leave(tableId, this.#watcher);
    }
    return ok(null);
  }

  /** Leaves whatever else was watched. */
  keepOnly(tableId: string | null): void {
    if (this.#at !== null && this.#at !== tableId) this.leave(this.#at);
  }

  close(): void {
    this.#gone = true;
    if (this.#at !== null) this.leave(this.#at);
  }

  #release(): void {
    this.#underWay -= 1;
    if (this.#underWay > 0) return;
    for (const [view, json] of this.#held.splice(0)) this.#show(view, json);
  }

  #show(view: TableView, json: ViewJson): void {
    // What was under way when the connection turned to another table is not sent.
    if (view.tableId === this.#at) this.#send(json);
  }
}
