import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Of several processes at one database, whichever wrote last is not always the one whose clock is furthest.
 */
const ROWS = 100;

/** The newest instant that was written down, epoch ms; 0: none. */
export async function newestAt(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ at: number }>`
    select max(
      coalesce((
        select max(entry.value ->> 'at') from log, json_each(log.entries) as entry
        where log.id > (select max(id) from log) - ${ROWS}
      ), 0),
      coalesce((select max(seen_at) from sessions), 0)
    ) as at`.execute(db);
  return Number(rows[0]?.at ?? 0);
}
