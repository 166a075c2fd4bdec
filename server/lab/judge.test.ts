import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judgeCases } from './judge.ts';

async function* lines(text: string): AsyncGenerator<string> {
  yield* text.split('\n');
}

interface Answer {
  readonly id?: unknown;
  readonly verdict?: string;
  readonly faults?: readonly { readonly field: string; readonly code: string; readonly needed: unknown }[];
  readonly error?: string;
}

async function judged(text: string): Promise<{ status: number; answers: Answer[] }> {
  const answers: Answer[] = [];
  const status = await judgeCases(lines(text), (line) => answers.push(JSON.parse(line) as Answer));
  return { status, answers };
}

interface Told {
  state?: string;
  opened?: string | null;
  tcb?: object;
  received?: object[];
  unacked?: unknown[];
  app?: object;
}

const TCB = {
  iss: 1000,
  irs: 5000,
  snd_wnd: 65535,
  rcv_wnd: 65535,
  snd_una: 1012,
  snd_nxt: 1012,
  rcv_nxt: 5015,
};
const APP = { open: null, queued: 0, closed: false, abort: false, reads: true };

/** One situation and what becomes of several candidates, each `FLAGS seq ack len`. */
async function verdicts(told: Told, candidates: readonly string[]): Promise<string[]> {
  const situation = {
    state: 'ESTABLISHED',
    opened: 'active',
    received: [],
    unacked: [],
    ...told,
    tcb: { ...TCB, ...told.tcb },
    app: { ...APP, ...told.app },
  };
  const cases = candidates.map((candidate, id) => {
    const [flags = '', seq, ack, len = '0'] = candidate.split(' ');
    return JSON.stringify({
      id,
      ...situation,
      candidate: {
        flags: flags === '-' ? [] : flags.split(','),
        seq: Number(seq),
        ack: ack === '-' || ack === undefined ? null : Number(ack),
        len: Number(len),
      },
    });
  });
  const { answers } = await judged(cases.join('\n'));
  return answers.map(({ verdict, faults, error }) =>
    verdict === 'wrong' ? (faults ?? []).map((f) => f.field).join(',') : (verdict ?? error ?? '?'),
  );
}

describe('lab judge', () => {
  test('agrees with the situations that teachers agreed on', async () => {
    const file = new URL('../../shared/tcp/testdata/situations.jsonl', import.meta.url);
    const text = readFileSync(file, 'utf8');
    const { status, answers } = await judged(text);
    const cases = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; expected: string; fault: string | null });
    expect(status).toBe(0);
    expect(answers.map((a) => a.id)).toEqual(cases.map((c) => c.id));
    for (const [i, { id, expected, fault }] of cases.entries()) {
      const answer = answers[i];
      if (expected === 'wrong') {
        expect(answer?.verdict, id).toBe('wrong');
        expect(
          answer?.faults?.map((f) => f.field),
          id,
        ).toContain(fault);
      } else {
        expect(expected.split(' or '), id).toContain(answer?.verdict);
        expect(answer?.faults, id).toEqual([]);
      }
    }
  });

  test('a line that cannot be used is told why, and the rest goes on', async () => {
    const good = readFileSync(
      new URL('../../shared/tcp/testdata/situations.jsonl', import.meta.url),
      'utf8',
    ).split('\n')[0] as string;
    const { status, answers } = await judged(
      [
        '\uFEFF{ nonsense',
        '[]',
        '{"id":7}',
        '{"id":8,"state":"ASLEEP","candidate":{"flags":["SYN"],"seq":0}}',
        '{"id":9,"state":"ESTABLISHED","tcb":{"iss":-1},"candidate":{"flags":["SYN"],"seq":0}}',
        '{"id":10,"state":"ESTABLISHED","tcb":3,"candidate":{"flags":["SYN"],"seq":0}}',
        '{"id":11,"state":"CLOSED","candidate":{"flags":["NUL"],"seq":0}}',
        '{"id":12,"state":"CLOSED","candidate":{"flags":["SYN"],"seq":"zero"}}',
        '{"id":13,"state":"CLOSED","candidate":{"flags":["SYN"],"seq":1,"len":-2}}',
        '{"id":14,"state":"CLOSED","candidate":"SYN"}',
        '{"id":15,"state":"CLOSED","received":[{"flags":["ACK"],"seq":1}],"candidate":{"flags":["SYN"],"seq":1}}',
        '{"id":16,"state":"CLOSED","received":[4],"candidate":{"flags":["SYN"],"seq":1}}',
        '{"id":17,"state":"CLOSED","app":{"closed":"yes"},"candidate":{"flags":["SYN"],"seq":1}}',
        '',
        good,
      ].join('\n'),
    );
    expect(status).toBe(2);
    expect(answers).toHaveLength(14);
    expect(answers.slice(2, 13).map((a) => a.id)).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
    for (const answer of answers.slice(0, 13)) expect(answer.error).toMatch(/\.$/);
    expect(answers[13]?.verdict).toBe('due');
  });

  test('numbers that do not fit into 32 bits are wrong, not refused', async () => {
    expect(
      await verdicts({}, ['ACK 4294968308 5015', 'ACK -1 5015', 'ACK 1012 4294972311', 'ACK 1012 -']),
    ).toEqual(['seq', 'seq', 'ack', 'ack']);
    // Not even where the same place on the circle would do.
    const flight: Told = { tcb: { snd_una: 1002, snd_nxt: 1012 } };
    expect(await verdicts(flight, ['ACK 4294968302 5015 4', 'ACK -2147482644 5015 4'])).toEqual([
      'seq',
      'seq',
    ]);
  });

  test('a number that is null is wrong, one that is missing cannot be judged', async () => {
    const given = (candidate: object): string =>
      JSON.stringify({ state: 'ESTABLISHED', tcb: TCB, app: APP, candidate });
    const { answers } = await judged(
      [
        given({ flags: ['ACK'], seq: null, ack: 5015 }),
        given({ flags: ['ACK'], seq: 1012, ack: null }),
        given({ flags: ['ACK'], ack: 5015 }),
      ].join('\n'),
    );
    expect(answers[0]?.faults).toEqual([
      expect.objectContaining({ field: 'seq', given: null, needed: 1012 }),
    ]);
    expect(answers[1]?.faults).toEqual([
      expect.objectContaining({ field: 'ack', given: null, needed: 5015 }),
    ]);
    expect(answers[2]?.error).toMatch(/seq/);
  });

  test('numbers that are not told follow from those that are, wherever they are counted from', async () => {
    const given = (state: string, tcb: object, candidate: object, more: object = {}): string =>
      JSON.stringify({ state, tcb, candidate, ...more });
    const synAck = { flags: ['SYN', 'ACK'], seq: 4, ack: 101 };
    for (const una of [0, 7]) {
      const { answers } = await judged(
        [
          given(
            'FIN-WAIT-1',
            { snd_una: una, snd_nxt: una + 1, rcv_nxt: 5 },
            { flags: ['FIN', 'ACK'], seq: una, ack: 5 },
          ),
          given(
            'CLOSE-WAIT',
            { snd_una: una, snd_nxt: una + 10, rcv_nxt: 5 },
            { flags: ['ACK'], seq: una, ack: 5, len: 10 },
          ),
          given('SYN-SENT', { snd_una: una, snd_nxt: una + 1 }, { flags: ['SYN'], seq: una }),
          given(
            'SYN-RECEIVED',
            { snd_una: una, snd_nxt: una + 1, rcv_nxt: 5 },
            { flags: ['SYN', 'ACK'], seq: una, ack: 5 },
          ),
          given(
            'ESTABLISHED',
            { iss: 100, irs: 4 },
            { flags: ['ACK'], seq: 101, ack: 5 },
            { received: [synAck] },
          ),
        ].join('\n'),
      );
      expect(answers.map((a) => a.verdict)).toEqual(['legal', 'legal', 'legal', 'legal', 'due']);
    }
    const { answers } = await judged(
      given('SYN-RECEIVED', { iss: 100, irs: 4 }, { flags: ['SYN', 'ACK'], seq: 100, ack: 5 }),
    );
    expect(answers[0]?.verdict).toBe('due');
  });

  test('a situation whose numbers are missing or contradict each other is not judged', async () => {
    const ack = { flags: ['ACK'], seq: 5, ack: 2 };
    const { status, answers } = await judged(
      [
        { state: 'ESTABLISHED', candidate: ack },
        { state: 'ESTABLISHED', tcb: { snd_una: 5, snd_nxt: 5 }, candidate: ack },
        { state: 'TIME-WAIT', tcb: { iss: 4 }, candidate: ack },
        { state: 'SYN-SENT', candidate: { flags: ['SYN'], seq: 1 } },
        { state: 'ESTABLISHED', tcb: { snd_una: 10, snd_nxt: 5, rcv_nxt: 2 }, candidate: ack },
        { state: 'ESTABLISHED', tcb: { snd_una: 5, snd_nxt: 2 ** 31 + 5, rcv_nxt: 2 }, candidate: ack },
      ]
        .map((one) => JSON.stringify(one))
        .join('\n'),
    );
    expect(status).toBe(2);
    const needs = (state: string): string =>
      `${state} needs its numbers: iss, irs, snd_una, snd_nxt and rcv_nxt.`;
    expect(answers.map((a) => a.error)).toEqual([
      needs('ESTABLISHED'),
      needs('ESTABLISHED'),
      needs('TIME-WAIT'),
      needs('SYN-SENT'),
      'snd_una must not be after snd_nxt; they are 10 and 5.',
      'snd_una must not be after snd_nxt; they are 5 and 2147483653.',
    ]);
  });

  test('what is missing or of another kind is named, with what could stand there', async () => {
    const told = (candidate: unknown, tcb: object = {}): string =>
      JSON.stringify({ state: 'ESTABLISHED', tcb: { ...TCB, ...tcb }, app: APP, candidate });
    const { answers } = await judged(
      [
        told({ seq: 1012, ack: 5015 }),
        told({ flags: null, seq: 1012, ack: 5015 }),
        told('Nothing'),
        told([]),
        told({ flags: ['ACK'], seq: 1012, ack: 5015, len: 2 ** 30 + 1 }),
      ].join('\n'),
    );
    expect(answers.map((a) => a.error)).toEqual([
      'candidate.flags must be a list of SYN, FIN, RST, PSH, ACK, URG, ECE and CWR; it is missing.',
      'candidate.flags must be a list of SYN, FIN, RST, PSH, ACK, URG, ECE and CWR; it is null.',
      'candidate must be a segment, or null for "nothing to send"; it is "Nothing".',
      'candidate must be a segment, or null for "nothing to send"; it is [].',
      'candidate.len must be a whole number of octets, 0 to 1073741824; it is 1073741825.',
    ]);
  });

  test('"nothing to send" can be judged', async () => {
    const idle = { id: 1, state: 'ESTABLISHED', tcb: TCB, app: APP, candidate: null };
    const owed = {
      ...idle,
      received: [{ flags: ['ACK'], seq: 5001, ack: 1012, len: 14 }],
      candidate: 'nothing',
    };
    const { answers } = await judged([idle, owed].map((c) => JSON.stringify(c)).join('\n'));
    expect(answers.map((a) => a.verdict)).toEqual(['due', 'wrong']);
  });

  test('a listener, and strays', async () => {
    const listen: Told = { state: 'LISTEN', opened: 'passive', tcb: nothingKnown, app: { open: 'passive' } };
    expect(await verdicts(listen, ['SYN 1000', 'SYN,ACK 1000 1', 'RST 0', 'ACK 1000 1'])).toEqual([
      'flags',
      'flags',
      'flags',
      'flags',
    ]);
    const stray = { ...listen, received: [{ flags: ['ACK'], seq: 7000, ack: 4000, len: 0 }] };
    expect(await verdicts(stray, ['RST 4000', 'RST,ACK 4000 7000', 'RST 0', 'RST 4001'])).toEqual([
      'due',
      'flags',
      'seq',
      'seq',
    ]);
    const closed: Told = { state: 'CLOSED', opened: null, tcb: nothingKnown };
    const syn = { ...closed, received: [{ flags: ['SYN'], seq: 7000, ack: null, len: 0 }] };
    expect(await verdicts(syn, ['RST,ACK 0 7001', 'RST,ACK 0 7000', 'RST 0', 'SYN,ACK 1000 7001'])).toEqual([
      'due',
      'ack',
      'flags',
      'flags',
    ]);
    const rst = { ...closed, received: [{ flags: ['RST'], seq: 7000, ack: null, len: 0 }] };
    expect(await verdicts(rst, ['RST 0', 'RST,ACK 0 7000', 'ACK 0 7000'])).toEqual([
      'flags',
      'flags',
      'flags',
    ]);
  });

  test('SYN-SENT: the SYN again, or a RST for an ACK that makes no sense', async () => {
    const sent: Told = {
      state: 'SYN-SENT',
      tcb: { ...nothingKnown, snd_una: 1000, snd_nxt: 1001 },
      unacked: [{ flags: ['SYN'], seq: 1000, len: 0 }],
    };
    expect(
      await verdicts(sent, ['SYN 1000', 'SYN 1001', 'SYN 2000', 'ACK 1001 0', 'SYN,ACK 1000 1']),
    ).toEqual(['legal', 'seq', 'seq', 'flags', 'flags']);
    const bad = { ...sent, received: [{ flags: ['SYN', 'ACK'], seq: 5000, ack: 900, len: 0 }] };
    expect(
      await verdicts(bad, ['RST 900', 'RST,ACK 900 5001', 'RST 1001', 'SYN 1000', 'ACK 1001 5001']),
    ).toEqual(['due', 'flags', 'seq', 'legal', 'flags']);
  });

  test('SYN-RECEIVED: simultaneous open, a SYN that comes again, an ACK that makes no sense', async () => {
    const both: Told = {
      state: 'SYN-RECEIVED',
      tcb: { snd_una: 1000, snd_nxt: 1001, rcv_nxt: 5001 },
      received: [{ flags: ['SYN'], seq: 5000, ack: null, len: 0 }],
    };
    expect(
      await verdicts(both, ['SYN,ACK 1000 5001', 'SYN,ACK 1001 5001', 'ACK 1001 5001', 'SYN 1000']),
    ).toEqual(['due', 'seq', 'flags', 'flags']);
    const again: Told = { ...both, opened: 'passive' };
    expect(await verdicts(again, ['SYN,ACK 1000 5001', 'ACK 1001 5001', 'ACK 1000 5001'])).toEqual([
      'due',
      'due',
      'seq',
    ]);
    const bad = { ...again, received: [{ flags: ['ACK'], seq: 5001, ack: 1500, len: 0 }] };
    expect(await verdicts(bad, ['RST 1500', 'RST 1001', 'SYN,ACK 1000 5001'])).toEqual([
      'due',
      'seq',
      'legal',
    ]);
    const closed: Told = { ...again, received: [], app: { closed: true } };
    expect(await verdicts(closed, ['FIN,ACK 1001 5001', 'FIN 1001', 'FIN,ACK 1000 5001'])).toEqual([
      'legal',
      'flags',
      'seq',
    ]);
  });

  test('data: what the application gave, what is outstanding, what the window allows', async () => {
    const flight: Told = {
      tcb: { snd_una: 1002, snd_nxt: 1012 },
      unacked: [{ flags: ['PSH', 'ACK'], seq: 1002, len: 10 }],
      app: { queued: 6 },
    };
    expect(
      await verdicts(flight, [
        'PSH,ACK 1012 5015 6',
        'ACK 1012 5015 7',
        'ACK 1002 5015 10',
        'ACK 1005 5015 3',
        'ACK 1002 5015 16',
        'ACK 1002 5015 17',
        'ACK 1001 5015 3',
        'ACK 1013 5015 2',
        'ACK 1018 5015 0',
        'ACK 1012 5015 0',
        'ACK 1005 5015 0',
        'FIN,ACK 1012 5015 6',
        'ACK,URG 1012 5015 6',
        'PSH 1012 - 6',
      ]),
    ).toEqual([
      'due', 'len', 'legal', 'legal', 'legal', 'len', 'seq', 'seq', 'seq', 'legal', 'seq', 'flags', 'flags', 'flags',
    ]); // prettier-ignore
    const shut: Told = { tcb: { snd_wnd: 0 }, app: { queued: 6 } };
    expect(await verdicts(shut, ['ACK 1012 5015 1', 'ACK 1012 5015 2', 'ACK 1012 5015 0'])).toEqual([
      'legal',
      'len',
      'legal',
    ]);
    const narrow: Told = { tcb: { snd_wnd: 4 }, app: { queued: 6 } };
    expect(await verdicts(narrow, ['ACK 1012 5015 4', 'ACK 1012 5015 5'])).toEqual(['due', 'len']);
  });

  test('CLOSE is told in the old state or in the new one', async () => {
    const candidates = [
      'FIN,ACK 1012 5015 6',
      'PSH,ACK 1012 5015 6',
      'FIN,ACK 1012 5015 0',
      'ACK 1012 5015 0',
    ];
    for (const state of ['ESTABLISHED', 'FIN-WAIT-1', 'CLOSE-WAIT', 'LAST-ACK']) {
      const closing: Told = { state, app: { queued: 6, closed: true } };
      expect(await verdicts(closing, candidates), state).toEqual(['due', 'due', 'flags', 'legal']);
    }
  });

  test('a piece of the queue that is told to have no flags is no FIN', async () => {
    const tcb = { snd_una: 1011, snd_nxt: 1012 };
    for (const flags of [[], ['ACK']]) {
      const told: Told = {
        state: 'LAST-ACK',
        tcb,
        unacked: [{ flags, seq: 1011, len: 1 }],
        app: { closed: true },
      };
      expect(await verdicts(told, ['FIN,ACK 1012 5015', 'ACK 1011 5015 1'])).toEqual(['due', 'legal']);
    }
  });

  test('the peer’s half of a simultaneous open may be answered, and need not be', async () => {
    const syn = { flags: ['SYN'], seq: 5000 };
    const synAck = { flags: ['SYN', 'ACK'], seq: 5000, ack: 1001 };
    const told: Told = { tcb: { snd_una: 1001, snd_nxt: 1001, rcv_nxt: 5001 }, received: [syn, synAck] };
    expect(await verdicts(told, ['ACK 1001 5001', 'ACK 1000 5001'])).toEqual(['due', 'seq']);
    const nothing = {
      ...told,
      state: 'ESTABLISHED',
      opened: 'active',
      tcb: { ...TCB, ...told.tcb },
      app: APP,
    };
    const { answers } = await judged(JSON.stringify({ id: 0, ...nothing, unacked: [], candidate: null }));
    expect(answers[0]?.verdict).toBe('due');
  });

  test('FIN-WAIT-1, CLOSING and LAST-ACK repeat the FIN and nothing after it', async () => {
    for (const state of ['FIN-WAIT-1', 'CLOSING', 'LAST-ACK']) {
      for (const unacked of [
        [],
        [{ flags: ['FIN', 'ACK'], seq: 1011, len: 0 }],
        [{ seq: 1011, len: null }],
        [{ seq: 1011, len: 1 }],
        ['FIN'],
      ]) {
        const told: Told = { state, tcb: { snd_una: 1011, snd_nxt: 1012 }, unacked, app: { closed: true } };
        expect(
          await verdicts(told, [
            'FIN,ACK 1011 5015',
            'FIN,ACK 1012 5015',
            'ACK 1012 5015 3',
            'ACK 1012 5015',
            'RST 1012',
          ]),
          state,
        ).toEqual(['legal', 'seq', 'len', 'legal', 'flags']);
      }
    }
  });

  test('abort, and data after a full close', async () => {
    const abort: Told = { app: { abort: true, queued: 4 } };
    expect(
      await verdicts(abort, [
        'RST 1012',
        'RST,ACK 1012 5015',
        'RST 1011',
        'RST,ACK 1012 5014',
        'FIN,ACK 1012 5015',
        'ACK 1012 5015',
      ]),
    ).toEqual(['due', 'due', 'seq', 'ack', 'flags', 'flags']);
    const gone: Told = {
      state: 'FIN-WAIT-2',
      received: [{ flags: ['ACK'], seq: 5010, ack: 1012, len: 5 }],
      app: { closed: true, reads: false },
    };
    expect(await verdicts(gone, ['RST 1012', 'RST,ACK 1012 5015', 'ACK 1012 5015', 'RST 1011'])).toEqual([
      'due',
      'due',
      'due',
      'seq',
    ]);
    const reading = { ...gone, app: { closed: true, reads: true } };
    expect(await verdicts(reading, ['RST 1012', 'ACK 1012 5015'])).toEqual(['flags', 'due']);
  });

  test('TIME-WAIT may be reopened, LAST-ACK has ended', async () => {
    const wait: Told = {
      state: 'TIME-WAIT',
      received: [{ flags: ['SYN'], seq: 9000, ack: null, len: 0 }],
      app: { closed: true },
    };
    expect(
      await verdicts(wait, ['ACK 1012 5015', 'SYN,ACK 8000 9001', 'SYN,ACK 900 9001', 'RST 1012']),
    ).toEqual(['due', 'legal', 'seq', 'flags']);
    const ended: Told = {
      state: 'CLOSED',
      opened: 'passive',
      received: [{ flags: ['ACK'], seq: 5015, ack: 1012, len: 0 }],
      app: { closed: true },
    };
    expect(await verdicts(ended, ['ACK 1012 5015', 'RST 1012', 'FIN,ACK 1011 5015'])).toEqual([
      'flags',
      'flags',
      'flags',
    ]);
  });
});

const nothingKnown = { irs: null, snd_una: null, snd_nxt: null, rcv_nxt: null };
