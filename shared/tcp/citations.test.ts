import { describe, expect, test } from 'vitest';
import type { Why } from './cause.ts';
import { expect as expectDues } from './expect.ts';
import { judge, judgeLabel } from './judge.ts';
import { MISCONCEPTIONS } from './misconceptions.ts';
import { play, segment } from './script.testing.ts';
import { FIN_OUT, HALF, OPEN, SENT } from './stories.testing.ts';
import { WHY_SECTION } from './sections.ts';
import { STATES } from './state.ts';
import type { State } from './state.ts';

const RECEIVED = 'listen\n< S 300\n> S. 100 ack 301';
const WAITING = `${HALF}\n< F. 301 ack 102\n> . 102 ack 302`;

/** What is due, the section that calls for it, and a story after which it is. */
const DUE: readonly (readonly [why: Why, section: string, story: string])[] = [
  // OPEN and "a SYN segment of the form <SEQ=ISS><CTL=SYN> is sent"
  ['syn', '3.10.1', 'connect'],
  // LISTEN: "a SYN segment sent of the form <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>"
  ['syn-ack', '3.10.7.2', 'listen\n< S 300'],
  // "If an incoming segment is not acceptable, an acknowledgment should be sent in reply"
  ['syn-ack-again', '3.10.7.4 first', `${RECEIVED}\n< S 300`],
  // "Examples include SYN flooding"
  ['syn-cookie', '7', 'listen\nroom 0 cookies\n< S 300'],
  ['third-ack', '3.10.7.3', `${SENT}\n< S. 300 ack 101`],
  // Figure 7
  ['simultaneous-ack', '3.5', `${SENT}\n< S 300\n> S. 100 ack 301\n< S. 300 ack 101`],
  ['ack', '3.10.7.4 seventh', `${OPEN}\n< P. 301:305(4) ack 101`],
  ['ack-fin', '3.10.7.4 eighth', `${OPEN}\n< F. 301 ack 101`],
  ['dup-ack', '3.10.7.4 seventh', `${OPEN}\n< P. 311:315(4) ack 101`],
  ['old-ack', '3.10.7.4 first', `${OPEN}\n< P. 301:305(4) ack 101\n> . 101 ack 305\n< P. 301:305(4) ack 101`],
  ['challenge-ack', '3.10.7.4', `${OPEN}\n< S 9000`],
  // "If the ACK acks something not yet sent (SEG.ACK > SND.NXT), then send an ACK"
  ['ack-beyond', '3.10.7.4 fifth', `${OPEN}\n< . 301 ack 900`],
  ['time-wait-ack', '3.10.7.4 eighth', `${WAITING}\n< F. 301 ack 102`],
  [
    'window-update',
    '3.8.6',
    `wnd 4\n${OPEN}\nstop-reading\n< P. 301:305(4) ack 101\n> . 101 ack 305\nstart-reading`,
  ],
  ['data', '3.10.2', `${OPEN}\nwrite 5`],
  ['data-fin', '3.10.4', `${OPEN}\nwrite 5\nclose`],
  ['fin', '3.10.4', `${OPEN}\nclose`],
  ['retransmit-syn', '3.10.8', `${SENT}\nrto`],
  ['retransmit-syn-ack', '3.10.8', `${RECEIVED}\nrto`],
  ['retransmit', '3.10.8', `${OPEN}\nwrite 5\n> P. 101:106(5) ack 301\nrto`],
  ['retransmit-fin', '3.10.8', `${FIN_OUT}\nrto`],
  ['probe', '3.8.6.1', `${OPEN}\n< . 301 ack 101 win 0\nwrite 5\npersist`],
  ['rst-abort', '3.10.5', `${OPEN}\nabort`],
  ['rst-stray', '3.5.2', '< . 7 ack 900'],
  // "its TCP implementation SHOULD send a RST to show that data was lost"
  ['rst-unread', '3.6.1', `${OPEN}\nstop-reading\n< P. 301:305(4) ack 101\nclose`],
];

/** What may be sent though nothing asks for it. */
const ALLOWED: readonly (readonly [why: Why, section: string, story: string, seg: string])[] = [
  ['duplicate-ack', '3.10.7.4', OPEN, '. 101 ack 301'],
  ['keep-alive', '3.8.4', OPEN, '. 100 ack 301'],
  // MAY-2
  ['reopen', '3.6.1', `${WAITING}\n< S 9000`, 'S. 500 ack 9001'],
];

describe('the section that calls for a segment', () => {
  test.each(DUE)('%s: §%s', (why, section, story) => {
    expect(expectDues(play(story)).map((due) => [due.why, due.section])).toContainEqual([why, section]);
  });

  test.each(ALLOWED)('%s: §%s', (why, section, story, seg) => {
    expect(judge(play(story), segment(seg), { app: 'scripted' })).toMatchObject({ verdict: 'legal', why });
    expect(WHY_SECTION[why]).toBe(section);
  });

  test('no reason is without one', () => {
    const known = [...DUE, ...ALLOWED].map(([why]) => why);
    expect(Object.keys(WHY_SECTION).sort()).toEqual([...known, 'nothing'].sort());
    expect(WHY_SECTION.nothing).toBe('3.10.7');
  });
});

/** The section that settles each, and what it says of it. */
const SETTLED: readonly (readonly [section: string, says: string, codes: string])[] = [
  ['3.1', 'the acknowledgment field, and the flag that makes it count', 'M07 M08 M09'],
  [
    '3.4',
    'what consumes numbers, and what an acknowledgment means',
    'M01 M02 M03 M04 M05 M13 M19 M29 M30 M31 M33',
  ],
  ['3.4.1', 'an initial number is chosen by its own end', 'M06'],
  ['3.6', 'CLOSE means "I have no more data to send"', 'M18 M20'],
  ['3.8.1', 'what is lost is sent again after a time-out', 'M14 M17'],
  ['3.8.5', 'urgent data: new applications should not use it', 'M36'],
  ['3.9.1.2', 'PUSH is a wish of the sender', 'M35'],
  ['3.10.4', 'the FIN waits for preceding SENDs', 'M23'],
  ['3.10.7.2', 'one SYN,ACK answers a SYN', 'M12'],
  ['3.10.7.4 eighth', 'TIME-WAIT answers a FIN and restarts 2MSL', 'M26'],
  ['3.10.7.4 fifth', 'ESTABLISHED by the ACK of the SYN; an ACK of what was never sent', 'M10 M32'],
];

test.each(SETTLED)('§%s, %s, settles %s', (section, _, codes) => {
  const some = MISCONCEPTIONS.filter((entry) => entry.section === section);
  expect(some.map(({ code }) => code).join(' ')).toBe(codes);
});

test('nothing else settles a misconception', () => {
  const settled = SETTLED.flatMap(([, , codes]) => codes.split(' '));
  expect(MISCONCEPTIONS.map(({ code }) => code)).toEqual(settled.sort());
});

/** Slips that betray no misconception: what is wrong, by which section. */
const PLAIN: readonly (readonly [fault: string, section: string, story: string, slip: string])[] = [
  ['unprompted flags', '3.10.7.1', '', 'S 100'],
  ['unprompted flags', '3.10.7.2', 'listen', 'S 100'],
  ['unprompted flags', '3.10.7.2', 'listen\n< R 300', 'R 100'],
  ['rst-unasked flags', '3.10.7.2', 'listen', 'R 100'],
  ['rst-unasked flags', '3.10.7.1', '', 'R 100'],
  ['backlog-full flags', '7', 'listen\nroom 0\n< S 300', 'S. 100 ack 301'],
  ['cookie-keeps-nothing flags', '7', 'listen\nroom 0 cookies\n< S 300\n> S. 100 ack 301', 'S. 100 ack 301'],
  ['fin-before-close flags', '3.10.7.4', OPEN, 'F. 101 ack 301'],
  ['fin-before-close flags', '3.10.7.4 seventh', `${OPEN}\n< P. 301:305(4) ack 101`, 'F. 101 ack 305'],
  ['fin-again flags', '3.10.7.4', HALF, 'F. 101 ack 301'],
  ['rst-unasked flags', '3.10.7.4', OPEN, 'R 101'],
  ['rst-unasked flags', '3.10.7.4 seventh', `${OPEN}\n< P. 301:305(4) ack 101`, 'R 101'],
  ['abort-asked flags', '3.10.5', `${OPEN}\nabort`, 'F. 101 ack 301'],
  ['data-not-given data', '3.10.2', `${OPEN}\nwrite 5`, 'P. 101:107(6) ack 301'],
  ['data-not-given data', '3.10.2', OPEN, 'P. 101:102(1) ack 301'],
  ['beyond-window data', '3.10.2', `${OPEN}\n< . 301 ack 101 win 4\nwrite 6`, 'P. 101:106(5) ack 301'],
  ['data-out-of-state data', '3.10.2', HALF, 'P. 102:103(1) ack 301'],
  ['data-out-of-state data', '3.10.2', FIN_OUT, 'P. 102:103(1) ack 301'],
  ['other seq', '3.4', `${OPEN}\nwrite 5`, 'P. 150:155(5) ack 301'],
  ['other ack', '3.4', OPEN, '. 101 ack 299'],
  ['other data', '3.10.8', `${FIN_OUT.replace('close', 'write 5\nclose').replace('> F. 101', '> FP. 101:106(5)')}\nrto`, 'F. 101:104(3) ack 301'], // prettier-ignore
];

describe('the section by which a slip without a name is wrong', () => {
  test.each(PLAIN)('%s: §%s', (fault, section, story, slip) => {
    const { verdict, faults } = judge(play(story), segment(slip), { app: 'scripted' });
    expect(verdict).toBe('wrong');
    expect(faults.map((f) => [`${f.code} ${f.field}`, f.section])).toContainEqual([fault, section]);
  });
});

/** A state, a wrong name for it, what that is taken for, and the section that settles it. */
const LABELS: readonly (readonly [story: string, label: State, code: string, section: string])[] = [
  ['listen\n< S 300', 'ESTABLISHED', 'M10', '3.10.7.4 fifth'],
  [RECEIVED, 'ESTABLISHED', 'M10', '3.10.7.4 fifth'],
  ['listen\nroom 0 cookies\n< S 300', 'ESTABLISHED', 'M10', '3.10.7.4 fifth'],
  ['listen\nroom 0 cookies\n< S 300', 'SYN-RECEIVED', 'cookie-keeps-nothing', '7'],
  ['listen\nroom 0\n< S 300', 'SYN-RECEIVED', 'backlog-full', '7'],
  ['listen\nroom 0\n< S 300', 'ESTABLISHED', 'other', '3.3.2'],
  ['listen', 'SYN-RECEIVED', 'other', '3.3.2'],
  [`${OPEN}\n< F. 301 ack 101`, 'TIME-WAIT', 'M28', '3.3.2'],
  [WAITING, 'CLOSE-WAIT', 'M28', '3.3.2'],
  [`${OPEN}\n< F. 301 ack 101\nclose\n> F. 101 ack 302`, 'TIME-WAIT', 'M24', '3.6'],
  [`${OPEN}\n< F. 301 ack 101\nclose\n> F. 101 ack 302\n< . 302 ack 102`, 'TIME-WAIT', 'M24', '3.6'],
  [`${WAITING}\n2msl`, 'TIME-WAIT', 'other', '3.3.2'],
  [`${OPEN}\n< R 301`, 'TIME-WAIT', 'other', '3.3.2'],
  [FIN_OUT, 'TIME-WAIT', 'other', '3.3.2'],
  [WAITING, 'CLOSED', 'M25', '3.6'],
  [FIN_OUT, 'CLOSED', 'M20', '3.6'],
  [HALF, 'CLOSED', 'M20', '3.6'],
  [`${OPEN}\n< F. 301 ack 101`, 'CLOSED', 'M20', '3.6'],
  [OPEN, 'CLOSED', 'other', '3.3.2'],
  [HALF, 'CLOSE-WAIT', 'other', '3.3.2'],
  [OPEN, 'SYN-RECEIVED', 'other', '3.3.2'],
];

describe('a wrong name for a state', () => {
  test.each(LABELS)('after %j: %s is %s, §%s', (story, label, code, section) => {
    const end = play(story);
    expect(judgeLabel(end, label).faults).toEqual([
      { field: 'state', code, given: label, needed: end.state, section },
    ]);
  });
});

/** Between CLOSE and the FIN, and between ABORT and the RST, a state has two names. */
const BOTH: readonly (readonly [story: string, names: readonly State[]])[] = [
  [`${OPEN}\nwrite 5\nclose`, ['FIN-WAIT-1', 'ESTABLISHED']],
  [`${RECEIVED}\nclose`, ['FIN-WAIT-1', 'SYN-RECEIVED']],
  [`${OPEN}\n< F. 301 ack 101\nclose`, ['LAST-ACK', 'CLOSE-WAIT']],
  [`${OPEN}\nwrite 5\nclose\n< F. 301 ack 101`, ['CLOSING', 'CLOSE-WAIT', 'LAST-ACK']],
  [`${OPEN}\nabort`, ['ESTABLISHED', 'CLOSED']],
  [`${OPEN}\n< F. 301 ack 101\nabort`, ['CLOSE-WAIT', 'CLOSED']],
  [FIN_OUT, ['FIN-WAIT-1']],
  [HALF, ['FIN-WAIT-2']],
  [WAITING, ['TIME-WAIT']],
  [OPEN, ['ESTABLISHED']],
  [`${FIN_OUT}\n< F. 301 ack 101`, ['CLOSING']],
  ['listen', ['LISTEN']],
  [`listen\n< S 300\nclose`, ['SYN-RECEIVED']],
];

test.each(BOTH)('after %j the state is called %j', (story, names) => {
  const end = play(story);
  const right = STATES.filter((state) => judgeLabel(end, state).verdict === 'due');
  expect([...right].sort()).toEqual([...names].sort());
  expect(end.state).toBe(names[0]);
});
