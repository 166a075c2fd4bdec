import type { About } from '../../shared/table/about.ts';
import type { TableNow } from '../../shared/table/table-now.ts';
import type { TableSnapshot, TableView } from '../../shared/table/table-view.ts';
import type { Lens, TraceItem } from '../../shared/table/trace.ts';
import { merge } from './merge.ts';
import type { Shown } from './merge.ts';

/** The one table that this page looks at. */
export class TableState {
  #id = $state<string | null>(null);
  #about = $state.raw<About | null>(null);
  #shown = $state.raw<Shown | null>(null);

  get id(): string | null {
    return this.#id;
  }
  get about(): About | null {
    return this.#about;
  }
  get now(): TableNow | null {
    return this.#shown?.now ?? null;
  }
  get lens(): Lens | null {
    return this.#shown?.lens ?? null;
  }
  get trace(): readonly TraceItem[] {
    return this.#shown?.trace ?? [];
  }

  /** Looks at another table, of which nothing is known yet. */
  turnTo(id: string | null): void {
    if (id === this.#id) return;
    this.#id = id;
    this.#about = null;
    this.#shown = null;
  }

  /** A snapshot stands by itself, unless something newer is shown already. */
  begin(snapshot: TableSnapshot): void {
    if (snapshot.tableId !== this.#id) return;
    this.#about = snapshot.about;
    this.apply(snapshot);
  }

  /** False if something is missing before it: ask for a snapshot. */
  apply(view: TableView): boolean {
    if (view.tableId !== this.#id) return true;
    const merged = merge(this.#shown, view);
    if (merged === 'gap') return false;
    if (merged !== 'older') this.#shown = merged;
    return true;
  }
}
