import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import type { TableNow } from '../../shared/table/table-now.ts';
import type { TableSnapshot, TableView } from '../../shared/table/table-view.ts';
import type { TraceItem } from '../../shared/table/trace.ts';
import { WatchedTable, type TableSocket, type Watching } from './watched-table.ts';

const item: TraceItem = { kind: 'cable', up: true, ms: 0 };

/** A table that has come to `items` happenings. */
function snapshot(items: number, { ended = false } = {}): TableSnapshot {
  return {
    tableId: 't',
    at: items,
    about: {} as TableSnapshot['about'],
    now: (ended ? { as: 'full', phase: 'ended' } : { as: 'client', phase: 'running' }) as TableNow,
    trace: { lens: ended ? 'full' : 'client', from: 0, items: Array<TraceItem>(items).fill(item) },
  };
}

/** The server's side: what it answers, one after the other, and what it was asked. */
class Line {
  readonly asked: string[] = [];
  isConnected = false;
  readonly #answers: Result<TableSnapshot, Refusal>[];
  #onview: (view: TableView) => void = () => {};
  #onconnect: () => void = () => {};

  constructor(answers: Result<TableSnapshot, Refusal>[]) {
    this.#answers = answers;
  }

  on(_event: string, handler: (view: TableView) => void): void {
    this.#onview = handler;
  }
  onconnect(handler: () => void): void {
    this.#onconnect = handler;
  }
  ask(event: string): Promise<unknown> {
    this.asked.push(event);
    return Promise.resolve(event === 'table:watch' ? (this.#answers.shift() ?? BUSY) : ok(null));
  }

  async connect(): Promise<void> {
    this.isConnected = true;
    this.#onconnect();
    await settled();
  }
  async show(view: TableView): Promise<void> {
    this.#onview(view);
    await settled();
  }
}

const BUSY = refuse({ code: 'server/busy' } as const);
const settled = () => vi.advanceTimersByTimeAsync(0);

async function looking(
  answers: Result<TableSnapshot, Refusal>[],
  watching?: Watching,
): Promise<{ watched: WatchedTable; line: Line }> {
  const line = new Line(answers);
  const watched = new WatchedTable(watching);
  watched.over(line as unknown as TableSocket);
  watched.turnTo('t');
  await line.connect();
  return { watched, line };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a table is asked for once there is a connection, and left when another is looked at', async () => {
  const { watched, line } = await looking([ok(snapshot(1))]);
  expect(watched.table.trace).toHaveLength(1);
  watched.turnTo(null);
  await settled();
  expect(line.asked).toEqual(['table:watch', 'table:leave']);
});

test('what was refused for a moment is asked for again, and nothing else', async () => {
  const { watched, line } = await looking([refuse({ code: 'server/fault' }), ok(snapshot(1))]);
  expect(watched.table.now).toBeNull();
  await vi.runAllTimersAsync();
  expect(watched.table.now).not.toBeNull();
  expect(line.asked).toHaveLength(2);

  const other = await looking([refuse({ code: 'table/not-started' }), ok(snapshot(1))]);
  await vi.runAllTimersAsync();
  expect(other.line.asked).toHaveLength(1);
});

test('a snapshot is asked for where something is missing, and once when the table has ended', async () => {
  const ended: string[] = [];
  const { line } = await looking([ok(snapshot(1)), ok(snapshot(3)), ok(snapshot(5, { ended: true }))], {
    onended: (tableId) => ended.push(tableId),
  });
  await line.show({ tableId: 't', at: 3, trace: { lens: 'client', from: 2, items: [item] } });
  expect(line.asked).toHaveLength(2);
  const { now, trace } = snapshot(5, { ended: true });
  await line.show({ tableId: 't', at: 4, now, trace });
  await line.show({ tableId: 't', at: 6, now, trace });
  expect(line.asked).toHaveLength(3);
  expect(ended).toEqual(['t']);
});

test('whoever has stopped asks for nothing', async () => {
  const { watched, line } = await looking([BUSY, BUSY, BUSY]);
  watched.stop();
  await vi.runAllTimersAsync();
  expect(line.asked).toHaveLength(1);
});
