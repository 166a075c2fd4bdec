import { arrive } from './arrive.ts';
import { withBacklog } from './backlog.ts';
import { call } from './call.ts';
import type { UserCall } from './call.ts';
import { newEnd } from './end.ts';
import type { End } from './end.ts';
import { expire } from './expire.ts';
import { judge, judgeLabel, judgeNothing } from './judge.ts';
import { parse, print } from './notation.ts';
import type { Segment } from './segment.ts';
import { sent } from './sent.ts';
import type { State } from './state.ts';
import type { Verdict } from './verdict.ts';

/**
 * One end's story, a line a step, as an instructor would tell it:
 *
 *     connect                      an application call: connect, listen, write 11, close, abort, stop-reading …
 *     > S 100                      it sends this, and that is due
 *     > . 101 ack 301   ! legal    … or legal, or `! wrong seq M05`; wrong ones go out as well
 *     ? F. 101 ack 301  ! wrong flags fin-before-close     judged, but not sent
 *     < S. 300 ack 101             this arrives
 *     nothing                      nothing to send, and that is right; `nothing ! M21`
 *     label ESTABLISHED            a student's label is right; `label CLOSED ! M25`
 *     rto | 2msl | persist         a timer runs out
 *     = ESTABLISHED snd.una 101 rcv.nxt 301 queued 0 rto 1     the state, numbers, and whether timers run (1) or not (0)
 *
 *     room 0 | room 0 cookies | room 8                          so many more half-open connections may come
 *
 * Options stand on the first line: `iss 100 wnd 1000 mss 10`. A segment without `win` has 65535.
 */
export function script(strings: TemplateStringsArray, ...values: readonly (string | number)[]): End {
  return play(String.raw({ raw: strings }, ...values));
}

export function play(text: string): End {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/\/\/.*/, '').trim())
    .filter((line) => line !== '');
  const options: Record<string, number> = { iss: 100, wnd: 65535, mss: 1460 };
  if (lines[0] && /^(iss|wnd|mss) /.test(lines[0])) {
    const words = (lines.shift() ?? '').split(/\s+/);
    for (let i = 0; i < words.length; i += 2) options[words[i] ?? ''] = Number(words[i + 1]);
  }
  let end = newEnd({ iss: options['iss'] ?? 0, rcvWnd: options['wnd'] ?? 0, mss: options['mss'] ?? 0 });
  for (const line of lines) {
    try {
      end = step(end, line);
    } catch (error) {
      const told = JSON.stringify({ ...end, newest: end.newest && print(end.newest.seg) });
      throw new Error(`at "${line}": ${error instanceof Error ? error.message : String(error)}\n${told}`, {
        cause: error,
      });
    }
  }
  return end;
}

function step(end: End, line: string): End {
  const [told = '', wanted] = line.split('!').map((part) => part.trim());
  const [verb = '', ...rest] = told.split(/\s+/);
  switch (verb) {
    case '>':
    case '?': {
      const seg = segment(rest.join(' '), end.tcb.rcv.wnd);
      check(judge(end, seg, { app: 'scripted' }), wanted ?? 'due');
      return verb === '>' ? sent(end, seg) : end;
    }
    case '<':
      return arrive(end, segment(rest.join(' '), 65535));
    case 'nothing':
      check(judgeNothing(end), wanted === undefined ? 'due' : `wrong ${wanted}`);
      return end;
    case 'label':
      check(judgeLabel(end, rest[0] as State), wanted === undefined ? 'due' : `wrong ${wanted}`);
      return end;
    case 'rto':
    case 'persist':
      return expire(end, verb);
    case '2msl':
      return expire(end, 'time-wait');
    case 'room':
      return withBacklog(end, { free: Number(rest[0]), cookies: rest[1] === 'cookies' });
    case '=':
      compare(end, rest);
      return end;
    default:
      return called(end, verb, rest, wanted);
  }
}

export function segment(notation: string, wnd = 65535): Segment {
  const typed = parse(notation);
  if (!typed.ok) throw new Error(`cannot read ${notation}: ${typed.error.code}`);
  const { flags, seq, ack, dataOctets } = typed.value;
  return { flags, seq: seq ?? 0, ack: ack ?? 0, wnd: typed.value.wnd ?? wnd, dataOctets };
}

function called(end: End, name: string, rest: readonly string[], refusal: string | undefined): End {
  const asked = name === 'write' ? { call: name, octets: Number(rest[0]) } : ({ call: name } as UserCall);
  const result = call(end, asked as UserCall);
  if (result.ok) {
    if (refusal !== undefined) throw new Error(`wanted ${refusal}, but the call was taken`);
    return result.value;
  }
  if (result.error.code !== refusal) throw new Error(`refused: ${result.error.code}`);
  return end;
}

/** `due`, `legal`, `due ack-fin`, `legal keep-alive`, or `wrong seq M05 ack other`, or `wrong M21`. */
function check(verdict: Verdict, wanted: string): void {
  const [kind, ...words] = wanted.split(/\s+/);
  const got =
    verdict.verdict === 'wrong'
      ? verdict.faults.map((f) => `${f.field} ${f.code}`).join(' ')
      : `${verdict.why}${verdict.remark ? ` ${verdict.remark}` : ''}`;
  const agrees =
    kind === verdict.verdict &&
    (words.length === 0 ||
      got === words.join(' ') ||
      got.startsWith(`${words.join(' ')} `) ||
      got.endsWith(` ${words.join(' ')}`));
  if (!agrees) throw new Error(`wanted ${wanted}, got ${verdict.verdict} ${got}`);
}

const NUMBERS: Readonly<Record<string, (end: End) => number | null>> = {
  'snd.una': (end) => end.tcb.snd.una,
  'snd.nxt': (end) => end.tcb.snd.nxt,
  'snd.wnd': (end) => end.tcb.snd.wnd,
  'rcv.nxt': (end) => end.tcb.rcv.nxt,
  'rcv.wnd': (end) => end.tcb.rcv.wnd,
  irs: (end) => end.tcb.irs,
  queued: (end) => end.queued,
  unread: (end) => end.unread,
  held: (end) => end.held.length,
  causes: (end) => end.causes.length,
  delivered: (end) => end.newest?.delivered ?? 0,
  rto: (end) => (end.timers.rto ? 1 : 0),
  backoff: (end) => end.timers.rto?.backoff ?? -1,
  'time-wait': (end) => (end.timers['time-wait'] ? 1 : 0),
  persist: (end) => (end.timers.persist ? 1 : 0),
};

function compare(end: End, words: readonly string[]): void {
  const [state, ...pairs] = words;
  if (end.state !== state) throw new Error(`wanted ${state}, is ${end.state}`);
  for (let i = 0; i < pairs.length; i += 2) {
    const name = pairs[i] ?? '';
    const number = NUMBERS[name];
    if (!number) throw new Error(`no number is called ${name}`);
    const is = number(end);
    if (String(is) !== pairs[i + 1]) throw new Error(`wanted ${name} ${pairs[i + 1]}, is ${is}`);
  }
}
