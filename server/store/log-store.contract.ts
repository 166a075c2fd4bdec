import { describe, expect, test } from 'vitest';
import type { LogStore } from './log-store.ts';

interface Note {
  readonly n: number;
  readonly text?: string;
}

export interface LogStoreUnderTest {
  readonly log: LogStore<Note>;
  /** Makes room for very little more, or for all again. */
  readonly setFull: (full: boolean) => Promise<void>;
}

const notes = (from: number, to: number): Note[] =>
  Array.from({ length: to - from }, (_, i) => ({ n: from + i }));

/** What every log store keeps. */
export function logStoreContract(name: string, open: () => Promise<LogStoreUnderTest>): void {
  describe(name, () => {
    test('a stream that nobody wrote is empty', async () => {
      const { log } = await open();
      expect(await log.read('nothing')).toEqual([]);
    });

    test('entries come back in order, whole, from any version that the log has had', async () => {
      const { log } = await open();
      const hard = { n: 2, text: 'S. "300":\u0000 \u2028 王伟 👩‍🔧' };
      expect(await log.append('a', 0, notes(0, 2))).toBe('ok');
      expect(await log.append('a', 2, [hard])).toBe('ok');
      expect(await log.append('a', 3, notes(3, 15))).toBe('ok');
      expect(await log.read('a')).toEqual([...notes(0, 2), hard, ...notes(3, 15)]);
      expect(await log.read('a', 2)).toEqual([hard, ...notes(3, 15)]);
      expect(await log.read('a', 15)).toEqual([]);
    });

    test('an append behind the log is a conflict and leaves no trace', async () => {
      const { log } = await open();
      await log.append('a', 0, notes(0, 1));
      await log.append('a', 1, notes(1, 2));
      expect(await log.append('a', 0, notes(7, 9))).toBe('conflict');
      expect(await log.append('a', 1, notes(7, 9))).toBe('conflict');
      expect(await log.read('a')).toEqual(notes(0, 2));
    });

    test('of a longer and a shorter append at the same version, one is kept whole', async () => {
      const { log } = await open();
      const outcomes = await Promise.all([
        log.append('a', 0, notes(0, 1)),
        log.append('a', 0, notes(10, 13)),
      ]);
      expect(outcomes.toSorted()).toEqual(['conflict', 'ok']);
      expect(await log.read('a')).toEqual(outcomes[0] === 'ok' ? notes(0, 1) : notes(10, 13));
    });

    test('of many appends at once to one stream exactly one is ok', async () => {
      const { log } = await open();
      for (let version = 0; version < 5; version++) {
        const outcomes = await Promise.all(
          Array.from({ length: 40 }, (_, i) => log.append('a', version, [{ n: i }])),
        );
        expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
        expect((await log.read('a')).at(-1)).toEqual({ n: outcomes.indexOf('ok') });
      }
    });

    test('streams do not disturb each other, however many are written at once', async () => {
      const { log } = await open();
      const streams = Array.from({ length: 1500 }, (_, i) => `s${i}`);
      const outcomes = await Promise.all(streams.map((stream, i) => log.append(stream, 0, [{ n: i }])));
      expect(new Set(outcomes)).toEqual(new Set(['ok']));
      expect(await log.read('s1234')).toEqual([{ n: 1234 }]);
      expect(await log.read('s123')).toEqual([{ n: 123 }]);
    });

    test('writers that retry after a conflict lose nothing', async () => {
      const { log } = await open();
      const write = async (n: number) => {
        for (;;) {
          const version = (await log.read('a')).length;
          if ((await log.append('a', version, [{ n }])) === 'ok') return;
        }
      };
      await Promise.all(Array.from({ length: 20 }, (_, n) => write(n)));
      expect((await log.read('a')).map(({ n }) => n).toSorted((a, b) => a - b)).toEqual(
        notes(0, 20).map(({ n }) => n),
      );
    });

    test('a full disk is told apart, reading goes on, and writing too once there is room', async () => {
      const { log, setFull } = await open();
      await log.append('a', 0, notes(0, 1));
      await setFull(true);
      const big = Array.from({ length: 3 }, (_, n) => ({ n, text: 'x'.repeat(100_000) }));
      expect(await log.append('a', 1, big)).toBe('storage-full');
      expect(await log.read('a')).toEqual(notes(0, 1));
      await setFull(false);
      expect(await log.append('a', 1, big)).toBe('ok');
      expect(await log.read('a', 1)).toEqual(big);
    });
  });
}
