import { expect, test } from 'vitest';
import type { ScenarioDocument } from '../scenario/schema.ts';
import { RST } from '../tcp/segment.ts';
import { BOT, HUMANS, exercise, script } from './script.testing.ts';

const ISS: Pick<ScenarioDocument, 'ends'> = {
  ends: {
    client: { start: 'ESTABLISHED', iss: { policy: 'given', value: 100 } },
    server: { start: 'ESTABLISHED', iss: { policy: 'given', value: 300 } },
  },
};

test('blocked, a wrong segment stays where it is and its sender is told why', () => {
  const lab = script()`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 100      ! blocked M01
     60  server  > S. 300:300(0) ack 101
    110  client  > . 100:100(0) ack 301       ! blocked M05
    120  client  > . 101:101(0) ack 301
  `;
  expect(lab.table.play.server.wrong).toBe(1);
  expect(lab.table.play.server.attempts).toBe(0);
  expect(lab.happenings.filter((it) => it.kind === 'blocked')).toHaveLength(2);
});

test('sent, a wrong acknowledgment of the SYN is answered with a RST by the far end', () => {
  const lab = script({ scenario: exercise({ onWrong: 'send' }), seats: { ...HUMANS, client: BOT } })`
     40  client  = SYN-SENT
    100  server  > S. 300:300(0) ack 100      ! wrong M01
    150  client  < S. 300:300(0) ack 100
    150  client  = SYN-SENT
    250  client  = SYN-SENT
  `;
  const reset = lab.happenings.find(
    (it) => it.kind === 'arrived' && it.side === 'server' && it.seg.flags === RST,
  );
  expect(reset).toMatchObject({ seg: { seq: 100, ack: 0 } });
});

test('sent, three wrong segments in a synchronized connection are answered as RFC 9293 says, and the exchange goes on', () => {
  const lab = script({
    scenario: exercise({
      ...ISS,
      onWrong: 'send',
      calls: [{ side: 'client', when: { atMs: 0 }, call: 'write', text: 'hello' }],
      finish: 'quiet',
    }),
    seats: { ...HUMANS, server: BOT },
  })`
      0  client  > . 90:95(5) ack 301         ! wrong
     90  client  = ESTABLISHED
    110  client  > . 101:106(5) ack 999       ! wrong
    200  client  > S 101:101(0)               ! wrong
    400  client  > . 101:106(5) ack 301
    600  table   over
  `;
  const answers = lab.happenings.filter((it) => it.kind === 'sent' && it.by === 'bot');
  expect(answers.map((it) => it.kind === 'sent' && it.verdict.why)).toEqual([
    'old-ack',
    'ack-beyond',
    'challenge-ack',
    'ack',
  ]);
});

test('with the attempts used up the lab gives the answer itself', () => {
  const lab = script({ scenario: exercise({ attempts: 2 }) })`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 100      ! blocked M01
     60  server  nothing                      ! wrong
     60  server  >> S. 300:300(0) ack 101
    110  client  < S. 300:300(0) ack 101
  `;
  const given = lab.log.at(-1);
  expect(given).toMatchObject({ type: 'segment-sent', given: true, verdict: { verdict: 'due' } });
  expect(given).not.toHaveProperty('by');
});

test('attempts are counted for each answer by itself', () =>
  void script({ scenario: exercise({ attempts: 2 }) })`
      0  client  > S 101:101(0)               ! blocked
     10  client  > S 100:100(0)
     60  server  > S. 300:300(0) ack 101
    110  client  > . 100:100(0) ack 301       ! blocked
    120  client  > . 101:101(0) ack 301
    170  server  = ESTABLISHED
  `);

test('"nothing to send" is right when nothing is due', () => {
  const lab = script()`
      0  client  nothing                      ! wrong
     10  client  > S 100:100(0)
     20  client  nothing
     60  server  nothing                      ! wrong
  `;
  expect(lab.happenings.filter((it) => it.kind === 'nothing')).toHaveLength(3);
});

test('a hint gives the next field of the first due answer, as many as the scenario allows', () => {
  const lab = script({ scenario: exercise({ hints: 2 }) })`
      0  client  hint
      1  client  hint
      2  client  hint                         ! refused hint/none-left
     10  client  > S 100:100(0)
     20  client  hint                         ! refused hint/nothing-due
     60  server  hint
  `;
  expect(lab.happenings.flatMap((it) => (it.kind === 'hint' ? [[it.field, it.value]] : []))).toEqual([
    ['flags', 'SYN'],
    ['seq', 100],
    ['flags', 'SYN,ACK'],
  ]);
});

test('the state is asked after each answer, for the moment of the answer; what it is by now is right as well', () => {
  script({ scenario: exercise({ askState: true }) })`
      0  client  is SYN-SENT                  ! refused label/not-asked
      0  client  > S 100:100(0)
     10  client  is ESTABLISHED               ! wrong
     20  client  is SYN-SENT                  ! refused label/not-asked
     50  server  > S. 300:300(0) ack 101
    110  client  > . 101:101(0) ack 301
    170  server  = ESTABLISHED
    170  server  is SYN-RECEIVED
    180  client  is ESTABLISHED
  `;
  script({ scenario: exercise({ askState: true }) })`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 101
    110  client  > . 101:101(0) ack 301
    170  server  is ESTABLISHED
  `;
});

test('under `chosen` the first SYN’s number is taken, unless it was borrowed', () => {
  const free = exercise({
    ends: { client: { iss: { policy: 'chosen' } }, server: { iss: { policy: 'chosen' } } },
  });
  script({ scenario: free })`
      0  client  > S 7:7(0)
     50  server  > S. 7:7(0) ack 8            ! blocked M06
     60  server  > S. 4294967295:4294967295(0) ack 8
    110  client  > . 8:8(0) ack 0
    160  server  = ESTABLISHED snd.una 0 rcv.nxt 8
  `;
});

test('a segment that no wire can carry is refused', () => {
  const lab = script()``;
  for (const change of [
    { seq: -1 },
    { seq: 2 ** 32 },
    { seq: 1.5 },
    { ack: Number.NaN },
    { flags: 256 },
    { wnd: 65_536 },
    { dataOctets: -1 },
    { dataOctets: Infinity },
  ]) {
    const seg = { seq: 100, ack: 0, flags: 2, wnd: 64_240, dataOctets: 0, ...change };
    const reply = lab.ask('client', { type: 'send', seg }, lab.table.clock.at);
    expect(reply).toMatchObject({ ok: false, error: { code: 'segment/invalid' } });
  }
});

test('the text is the application’s by its place in the stream, whatever the sender says', () => {
  const lab = script({
    scenario: exercise({
      ...ISS,
      calls: [{ side: 'client', when: { atMs: 0 }, call: 'write', text: 'héllo 世界' }],
    }),
  })``;
  const { at } = lab.table.clock;
  const data = (seq: number, dataOctets: number) => ({
    type: 'send' as const,
    seg: { seq, ack: 301, flags: 0x10, wnd: 64_240, dataOctets, text: 'EVIL' },
  });
  lab.ask('client', data(101, 3), at);
  lab.ask('client', data(104, 6), at);
  lab.ask('client', data(110, 4), at);
  lab.ask('client', data(101, 3), at);
  const texts = lab.happenings.flatMap((it) => (it.kind === 'sent' ? [it.seg.text] : []));
  expect(texts).toEqual(['hé', 'llo 世', '界', 'hé']);
  expect(texts.slice(0, 3).join('')).toBe('héllo 世界');
});
