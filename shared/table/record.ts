import { append } from './chain.ts';
import { copyOfTable } from './copies.ts';
import type { Happening } from './happening.ts';
import type { Table } from './table.ts';
import { sees } from './witness.ts';

/** Keeps a happening, and counts it for every lens that sees it. */
export function record(table: Table, it: Happening): Table {
  const next = copyOfTable(table);
  note(next, it);
  return next;
}

/** The same in a copy that nobody else has seen yet. */
export function note(table: ReturnType<typeof copyOfTable>, it: Happening): void {
  const exam = table.scenario.level === 'exam';
  const { client, server, link, referee, full } = table.witnessed;
  table.history = append(table.history, it);
  table.witnessed = {
    client: client + Number(sees(it, 'client', exam)),
    server: server + Number(sees(it, 'server', exam)),
    link: link + Number(sees(it, 'link', exam)),
    referee: referee + Number(sees(it, 'referee', exam)),
    full: full + Number(sees(it, 'full', exam)),
  };
}
