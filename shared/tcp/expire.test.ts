import { describe, expect, test } from 'vitest';
import { expire } from './expire.ts';
import { play } from './script.testing.ts';
import { OPEN } from './stories.testing.ts';

const FLIGHT = `${OPEN}\nwrite 5\n> P. 101:106(5) ack 301`;
const SHUT = `${OPEN}\nwrite 5\n< . 301 ack 101 win 0`;
const WAITING = `${OPEN}\nclose\n> F. 101 ack 301\n< F. 301 ack 102`;

describe('a timer that runs out', () => {
  test('asks for a retransmission, a probe, or for nothing at the end of 2MSL', () => {
    const lost = play(FLIGHT);
    expect(expire(lost, 'rto')).toMatchObject({ nextId: lost.nextId + 1, timers: { rto: null } });
    expect(expire(lost, 'rto').causes).toStrictEqual([
      { id: lost.nextId, kind: 'timeout', need: 'retransmit', why: 'retransmit' },
    ]);
    const shut = play(SHUT);
    expect(expire(shut, 'persist')).toMatchObject({ nextId: shut.nextId + 1, timers: { persist: null } });
    expect(expire(shut, 'persist').causes.at(-1)).toStrictEqual({
      id: shut.nextId,
      kind: 'timeout',
      need: 'probe',
      why: 'probe',
    });
    const last = play(`${WAITING}\n> . 102 ack 302`);
    expect(expire(last, 'time-wait')).toMatchObject({ state: 'CLOSED', nextId: last.nextId + 1, causes: [] });
    expect(expire(last, 'time-wait').timers).toEqual({ rto: null, 'time-wait': null, persist: null });
  });

  test.each([
    ['rto', OPEN],
    ['rto', `${FLIGHT}\nrto`],
    ['rto', `${FLIGHT}\nabort`],
    ['rto', `${FLIGHT}\n< . 301 ack 106`],
    ['persist', OPEN],
    ['persist', `${OPEN}\nwrite 5`],
    ['persist', `${OPEN}\n< . 301 ack 101 win 0`],
    ['persist', `${SHUT}\npersist`],
    ['persist', `${SHUT}\n< . 301 ack 101 win 5`],
    ['time-wait', OPEN],
    ['time-wait', WAITING],
    ['time-wait', `${WAITING}\n> . 102 ack 302\n2msl`],
  ] as const)('says nothing if it does not run: %s after %j', (timer, story) => {
    const end = play(story);
    expect(expire(end, timer)).toBe(end);
  });

  test('goes on through whatever does not concern it', () => {
    for (const story of [FLIGHT, SHUT, `${WAITING}\n> . 102 ack 302`]) {
      const { timers } = play(story);
      expect(Object.values(timers).some((timer) => timer !== null)).toBe(true);
      expect(play(`${story}\nstop-reading`).timers).toEqual(timers);
    }
    // Another ACK is owed, but not that of the FIN.
    const challenged = play(`${WAITING}\n> . 102 ack 302\n< R 305`);
    expect(challenged.causes).toHaveLength(1);
    expect(challenged.timers['time-wait']).not.toBe(null);
  });

  test('is not started by what an end says after ABORT', () => {
    expect(play(`${FLIGHT}\nabort\n> P. 101:106(5) ack 301  ! wrong`).timers.rto).toBe(null);
  });
});
