import { openStore } from './open-store.ts';

/*
 * A process that appends without end to eight streams and says on its output, one line each, what was
 * acknowledged: the stream and the number of its entries. `kill.test.ts` ends it without warning.
 */
const file = process.env['LAB_KILL_FILE'];
if (file === undefined) throw new Error('LAB_KILL_FILE is not set');
const { classrooms } = await openStore(file);

async function write(stream: string): Promise<void> {
  let version = (await classrooms.read(stream)).length;
  for (;;) {
    const entries = Array.from({ length: 1 + (version % 3) }, (_, i) => ({
      type: 'lock-set' as const,
      at: version + i,
      locked: true,
    }));
    const outcome = await classrooms.append(stream, version, entries);
    if (outcome !== 'ok') throw new Error(outcome);
    version += entries.length;
    process.stdout.write(`${stream} ${version}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, i) => write(`s${i}`)));
