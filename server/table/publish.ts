import type { Refusal } from '../../shared/refusals.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Table } from '../../shared/table/table.ts';
import type { Lens } from '../../shared/table/trace.ts';
import { looksSame } from '../../shared/table/looks-same.ts';
import type { Role, Seats } from '../../shared/table/seats.ts';
import type { TableSnapshot, TableView } from '../../shared/table/table-view.ts';
import { lensOf, nowFor, projectTrace, viewFor, type AnswersShown } from '../../shared/table/view.ts';
import type { Tables } from './tables.ts';
import { TraceJson } from './trace-json.ts';

declare const made: unique symbol;
/** A view as JSON. Only made here, from a view, so that nothing else can be sent in its place. */
export type ViewJson = string & { readonly [made]: true };

/** Somebody at a table's side: the part they have there as it is now (or none), and how they are reached. */
export interface Watcher {
  readonly roleAt: (table: Table) => Result<Role, Refusal>;
  /** `json` is the view once more, written once for all who see the same. */
  readonly send: (view: TableView, json: ViewJson) => void;
}

/** Those who see the same, and what they have seen. */
interface Group {
  readonly watchers: Set<Watcher>;
  lens: Lens;
  witnessed: number;
  /** The present that was shown, and the table it was made of. */
  now: string;
  table: Table;
}

interface Watched {
  readonly groups: Map<Role, Group>;
  /** The table's id as JSON. */
  readonly idJson: string;
  readonly stop: () => void;
  seats: Seats;
}

/**
 * Shows tables to those who watch them. A view is made once for all who have the same part, only if somebody
 * has it, and is sent only if it differs from the one before: an end must not learn from an unchanged view
 * that something happened elsewhere.
 */
export class TableViews {
  readonly #tables: Tables;
  readonly #watched = new Map<string, Watched>();

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** A snapshot, and from then on what changes. Refused to those who have no part at the table. */
  watch(tableId: string, watcher: Watcher, answers?: AnswersShown): Promise<Result<TableSnapshot, Refusal>> {
    return this.#tables.read(tableId, (table, at) => {
      const role = watcher.roleAt(table);
      if (!role.ok) return role;
      // Those who are here already come to the same instant first: one state of knowledge for each group.
      const watched = this.#watched.get(tableId);
      if (watched) this.#publish(watched, table, at);
      join(this.#watched.get(tableId) ?? this.#begin(table), role.value, watcher, table);
      return ok(viewFor(table, role.value, at, answers));
    });
  }

  leave(tableId: string, watcher: Watcher): void {
    const watched = this.#watched.get(tableId);
    if (!watched) return;
    for (const [role, { watchers }] of watched.groups) {
      if (watchers.delete(watcher) && watchers.size === 0) watched.groups.delete(role);
    }
    if (watched.groups.size > 0) return;
    watched.stop();
    this.#watched.delete(tableId);
  }

  #begin(table: Table): Watched {
    const watched: Watched = {
      groups: new Map(),
      idJson: JSON.stringify(table.id),
      seats: table.seats,
      stop: this.#tables.listen(table.id, (changed, at) => this.#publish(watched, changed, at)),
    };
    this.#watched.set(table.id, watched);
    return watched;
  }

  #publish(watched: Watched, table: Table, at: number): void {
    if (watched.seats !== table.seats) {
      watched.seats = table.seats;
      this.#reseat(watched, table, at);
    }
    const traces = new TraceJson();
    const head = `{"tableId":${watched.idJson},"at":${at},`;
    for (const [role, group] of watched.groups) {
      const news = whatIsNew(group, role, table, at, head, traces);
      if (news) for (const watcher of group.watchers) watcher.send(news.view, news.json);
    }
  }

  /** Whoever has another part now sees from the start what that part has seen. */
  #reseat(watched: Watched, table: Table, at: number): void {
    for (const [role, { watchers }] of [...watched.groups]) {
      for (const watcher of [...watchers]) {
        const now = watcher.roleAt(table);
        if (now.ok && now.value === role) continue;
        watchers.delete(watcher);
        if (watchers.size === 0) watched.groups.delete(role);
        if (!now.ok) continue;
        join(watched, now.value, watcher, table);
        const { tableId, now: seen, trace } = viewFor(table, now.value, at);
        const view = { tableId, at, now: seen, trace };
        watcher.send(view, JSON.stringify(view) as ViewJson);
      }
    }
    if (watched.groups.size > 0) return;
    watched.stop();
    this.#watched.delete(table.id);
  }
}

function join({ groups }: Watched, role: Role, watcher: Watcher, table: Table): void {
  const group = groups.get(role);
  if (group) {
    group.watchers.add(watcher);
    return;
  }
  const lens = lensOf(table, role);
  groups.set(role, {
    watchers: new Set([watcher]),
    lens,
    witnessed: table.witnessed[lens],
    now: JSON.stringify(nowFor(table, role)),
    table,
  });
}

function whatIsNew(
  group: Group,
  role: Role,
  table: Table,
  at: number,
  head: string,
  traces: TraceJson,
): { readonly view: TableView; readonly json: ViewJson } | null {
  const lens = lensOf(table, role);
  const same = lens === group.lens;
  const from = same ? group.witnessed : 0;
  const now = same && looksSame(group.table, table, lens) ? null : nowFor(table, role);
  group.table = table;
  const text = now && JSON.stringify(now);
  const fresh = text !== null && !(same && text === group.now);
  if (!fresh && table.witnessed[lens] === from) return null;
  if (fresh) group.now = text;
  group.lens = lens;
  group.witnessed = table.witnessed[lens];
  const tableId = table.id;
  const trace = projectTrace(table, lens, from);
  // `JSON.stringify(view)`, with what was written already.
  const json = `${head}${fresh ? `"now":${text},` : ''}"trace":${traces.of(trace)}}` as ViewJson;
  return { view: fresh && now ? { tableId, at, now, trace } : { tableId, at, trace }, json };
}
