import type { UserCall } from '../../shared/tcp/call.ts';
import type { TimerName } from '../../shared/tcp/end.ts';
import { textOctets } from '../../shared/tcp/text.ts';
import { Reader } from './reader.ts';
import type { Json } from './reader.ts';

/*
 * What the steps of a trace call things: other stacks, and those who note down what they do, have words of
 * their own. `none` is a word for something in which TCP has no part; null is one that nobody knows.
 */

const CALLS: Readonly<Record<string, UserCall['call']>> = {
  connect: 'connect',
  'active-open': 'connect',
  'open-active': 'connect',
  open: 'connect',
  listen: 'listen',
  'passive-open': 'listen',
  'open-passive': 'listen',
  write: 'write',
  send: 'write',
  sendto: 'write',
  sendmsg: 'write',
  sendmmsg: 'write',
  sendfile: 'write',
  splice: 'write',
  writev: 'write',
  close: 'close',
  shutdown: 'close',
  'shutdown-write': 'close',
  'shutdown-wr': 'close',
  'half-close': 'close',
  abort: 'abort',
  reset: 'abort',
  disconnect: 'abort',
  'close-abort': 'abort',
  'stop-reading': 'stop-reading',
  'start-reading': 'start-reading',
};

const NO_CALLS = new Set(
  (
    'socket bind accept accept4 read recv recvfrom recvmsg recvmmsg receive readv poll ppoll select epoll-wait ' +
    'setsockopt getsockopt getsockname getpeername fcntl ioctl dup shutdown-read shutdown-rd status'
  ).split(' '),
);

export function callNamed(step: Json): UserCall['call'] | 'none' | null {
  const name = plain(step['app']);
  if (NO_CALLS.has(name) || (name === 'shutdown' && shutsOnlyReading(step['how']))) return 'none';
  return Object.hasOwn(CALLS, name) ? (CALLS[name] ?? null) : null;
}

/** `{"app":"shutdown","how":"SHUT_RD"}`: the peer is not told. */
function shutsOnlyReading(how: unknown): boolean {
  return how === 0 || (typeof how === 'string' && /^(shut_)?(rd|read)$/i.test(how));
}

const TIMERS: Readonly<Record<string, TimerName | 'user'>> = {
  rto: 'rto',
  retransmit: 'rto',
  retransmission: 'rto',
  rexmit: 'rto',
  '2msl': 'time-wait',
  'time-wait': 'time-wait',
  timewait: 'time-wait',
  persist: 'persist',
  probe: 'persist',
  user: 'user',
  'user-timeout': 'user',
};

/**
 * Timers of real stacks that change nothing by running out; what they make the end send is judged as it is
 * sent.
 */
const NO_TIMERS = new Set(
  'delack delayed-ack ack keepalive keep-alive tlp pto linger idle rack reo fin-wait-2'.split(' '),
);

export function timerNamed(timer: unknown): TimerName | 'user' | 'none' | null {
  const name = plain(timer);
  if (NO_TIMERS.has(name)) return 'none';
  return Object.hasOwn(TIMERS, name) ? (TIMERS[name] ?? null) : null;
}

function plain(word: unknown): string {
  return typeof word === 'string' ? word.trim().toLowerCase().replaceAll('_', '-') : '';
}

const AMOUNTS = ['octets', 'len', 'length', 'bytes', 'n', 'count', 'size'];

/** How much was written; null if the step does not say, a sentence if what it says cannot be used. */
export function octetsOf(step: Json): number | null | string {
  for (const name of AMOUNTS) {
    if (step[name] === undefined || step[name] === null) continue;
    const read = new Reader();
    const octets = read.octets(step[name], name, 0);
    return read.problem ?? octets;
  }
  const text = step['data'] ?? step['text'];
  if (typeof text === 'number' && Number.isInteger(text) && text >= 0) return text;
  return typeof text === 'string' ? textOctets(text) : null;
}
