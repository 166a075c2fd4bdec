import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STATES } from '../../shared/tcp/state.ts';
import { judgeCases } from './judge.ts';
import { traceSteps } from './trace/trace.ts';

type Command = (lines: AsyncIterable<string>, write: (line: string) => void) => Promise<number>;

async function answers(
  command: Command,
  lines: readonly string[],
): Promise<{ status: number; told: string[] }> {
  const told: string[] = [];
  const status = await command(
    (async function* () {
      yield* lines;
    })(),
    (line) => told.push(line),
  );
  return { status, told };
}

const odd = fc.oneof(
  fc.constantFrom(null, true, '', 'SYN', 'constructor', '__proto__', -1, 0, 0.5, 2 ** 31, 2 ** 32, 1e300),
  fc.nat(2 ** 33),
  fc.string(),
  fc.jsonValue({ maxDepth: 2 }),
);
const number = fc.oneof({ weight: 4, arbitrary: fc.nat(2 ** 32 - 1) }, { weight: 1, arbitrary: odd });
const flags = fc.oneof(
  { weight: 4, arbitrary: fc.subarray(['SYN', 'ACK', 'FIN', 'RST', 'PSH', 'URG', 'ECE']) },
  { weight: 1, arbitrary: odd },
);
const len = fc.oneof({ weight: 4, arbitrary: fc.nat(3000) }, { weight: 1, arbitrary: odd });
const field = { requiredKeys: [] };
const segment = fc.record({ flags, seq: number, ack: number, len, win: len }, field);
const app = fc.record(
  {
    open: fc.constantFrom('active', 'passive', null),
    queued: len,
    closed: fc.boolean(),
    abort: fc.boolean(),
    reads: fc.boolean(),
  },
  field,
);
const state = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...STATES) }, { weight: 1, arbitrary: odd });
const tcb = fc.record(
  { iss: number, irs: number, snd_una: number, snd_nxt: number, rcv_nxt: number, snd_wnd: len, rcv_wnd: len },
  field,
);
const someOrOdd = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: some }, { weight: 1, arbitrary: odd });
const situation = {
  state,
  opened: fc.constantFrom('active', 'passive', null),
  tcb: someOrOdd(tcb),
  received: someOrOdd(fc.array(someOrOdd(segment), { maxLength: 3 })),
  unacked: someOrOdd(fc.array(someOrOdd(segment), { maxLength: 3 })),
  app: someOrOdd(app),
};
const judged = fc.record({ id: odd, ...situation, candidate: someOrOdd(segment) }, field);
const step = fc.oneof(
  segment.map((seg) => ({ dir: 'in', ...seg })),
  segment.map((seg) => ({ dir: 'out', ...seg })),
  fc.record({
    app: fc.constantFrom('connect', 'listen', 'write', 'close', 'abort', 'stop-reading'),
    octets: len,
  }),
  fc.record({ timer: fc.oneof(fc.constantFrom('rto', '2msl', 'persist'), odd) }),
  fc.record({ app: odd, how: odd }),
  odd,
);

function laws(command: Command, lines: readonly string[]): Promise<void> {
  return answers(command, lines).then(({ status, told }) => {
    const asked = lines.filter((line) => line.trim() !== '');
    expect(told).toHaveLength(asked.length);
    const wrongs = told.filter((line) => 'error' in (JSON.parse(line) as object));
    expect(status).toBe(wrongs.length > 0 ? 2 : 0);
    for (const line of told) {
      expect(line.length).toBeLessThan(5000);
      expect(line).not.toContain('\n');
    }
  });
}

describe('whatever comes in, each line is answered by one line', () => {
  test('lab judge', async () => {
    const lines = fc.array(fc.oneof({ weight: 9, arbitrary: judged }, { weight: 1, arbitrary: odd }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(lines, (cases) =>
        laws(
          judgeCases,
          cases.map((one) => JSON.stringify(one)),
        ),
      ),
      { numRuns: 300 },
    );
  });

  test('lab trace', async () => {
    const start = fc.record(situation, field).map((at) => ({ start: at }));
    const steps = fc
      .tuple(fc.option(start, { nil: undefined }), fc.array(step, { maxLength: 30 }))
      .map(([first, rest]) => (first === undefined ? rest : [first, ...rest]));
    await fc.assert(
      fc.asyncProperty(steps, (all) =>
        laws(
          traceSteps,
          all.map((one) => JSON.stringify(one)),
        ),
      ),
      { numRuns: 300 },
    );
  });

  test('lines that are no JSON, a line of a megabyte, carriage returns and a byte order mark', async () => {
    const lines = [
      '\uFEFF{}',
      '{',
      'x'.repeat(1 << 20),
      JSON.stringify('y'.repeat(1 << 20)),
      ' ',
      '\r',
      '{}\r',
    ];
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    for (const command of [judgeCases, traceSteps]) await laws(command, [...lines, deep, `{"id":${deep}}`]);
  });
});
