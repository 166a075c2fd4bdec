import { flagsOf } from '../../shared/tcp/segment.ts';
import type { Segment } from '../../shared/tcp/segment.ts';
import { SEQ_SPACE } from '../../shared/tcp/seq.ts';
import { STATES } from '../../shared/tcp/state.ts';
import type { State } from '../../shared/tcp/state.ts';
import { parse } from '../../shared/tcp/notation.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The widest window that a window scale allows (RFC 7323 §2.3), and more than a segment holds. */
const MOST_OCTETS = 2 ** 30;

/**
 * Reads the fields of one JSON line and remembers the first that cannot be used, as a sentence that says what
 * to do. Every method returns something usable, so that a line is read to its end before anybody asks for
 * `problem`.
 */
export class Reader {
  problem: string | null = null;

  complain(sentence: string): void {
    this.problem ??= sentence;
  }

  /** An object; `{}` where it is missing or null. */
  object(value: unknown, name: string): Json {
    if (value === undefined || value === null) return {};
    if (isObject(value)) return value;
    this.complain(`${name} must be an object; it is ${show(value)}.`);
    return {};
  }

  list(value: unknown, name: string): readonly unknown[] {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value as readonly unknown[];
    this.complain(`${name} must be a list; it is ${show(value)}.`);
    return [];
  }

  /** A sequence number, or null where it is missing. */
  seq(value: unknown, name: string): number | null {
    if (value === undefined || value === null) return null;
    if (isCount(value) && value < SEQ_SPACE) return value;
    this.complain(
      `${name} must be a whole number from 0 to ${SEQ_SPACE - 1}, or null; it is ${show(value)}.`,
    );
    return null;
  }

  /** A number of octets, `otherwise` where it is missing. */
  octets(value: unknown, name: string, otherwise: number): number {
    if (value === undefined || value === null) return otherwise;
    if (isCount(value) && value <= MOST_OCTETS) return value;
    this.complain(`${name} must be a whole number of octets, 0 to ${MOST_OCTETS}; it is ${show(value)}.`);
    return otherwise;
  }

  flag(value: unknown, name: string, otherwise: boolean): boolean {
    if (value === undefined || value === null) return otherwise;
    if (typeof value === 'boolean') return value;
    this.complain(`${name} must be true or false; it is ${show(value)}.`);
    return otherwise;
  }

  opened(value: unknown, name: string): 'active' | 'passive' | null {
    if (value === undefined || value === null) return null;
    if (value === 'active' || value === 'passive') return value;
    this.complain(`${name} must be "active", "passive" or null; it is ${show(value)}.`);
    return null;
  }

  state(value: unknown, name: string): State {
    const found = typeof value === 'string' ? stateNamed(value) : null;
    if (!found) this.complain(`${name} must be one of ${STATES.join(', ')}; it is ${show(value)}.`);
    return found ?? 'CLOSED';
  }

  /** Control bits: a list of names, `"SYN,ACK"`, or tcpdump's letters. */
  flags(value: unknown, name: string): number {
    const names = typeof value === 'string' ? value.split(/[\s,|+]+/).filter((n) => n !== '') : value;
    if (Array.isArray(names) && names.every((n) => typeof n === 'string')) {
      // The ninth bit, AE or NS, decides as little as ECE and CWR do.
      const flags = flagsOf(names.map((n) => n.toUpperCase()).filter((n) => n !== 'AE' && n !== 'NS'));
      if (flags !== null) return flags;
      if (typeof value === 'string') {
        const typed = parse(value);
        if (typed.ok && !/\s/.test(value.trim())) return typed.value.flags;
      }
    }
    this.complain(
      `${name} must be a list of SYN, FIN, RST, PSH, ACK, URG, ECE and CWR; it is ${show(value)}.`,
    );
    return 0;
  }

  /**
   * A segment. Its numbers are taken as they come if `strict` is false, so that a number out of range is
   * judged and not refused; one that is null, and an acknowledgment number that is missing, are then not a
   * number.
   */
  segment(value: unknown, name: string, strict: boolean, missingWnd: number): Segment {
    if (!isObject(value)) {
      this.complain(`${name} must be an object with flags, seq, ack and len; it is ${show(value)}.`);
    }
    const from = isObject(value) ? value : {};
    const flags = this.flags(from['flags'], `${name}.flags`);
    const hasAck = flagsOf(['ACK']) ?? 0;
    const ack = strict ? this.seq(from['ack'], `${name}.ack`) : this.anyNumber(from['ack'], `${name}.ack`);
    if (strict && flags & hasAck && ack === null) {
      this.complain(`${name} carries the ACK flag, so ${name}.ack must be a number.`);
    }
    const seq = strict ? this.seq(from['seq'], `${name}.seq`) : this.anyNumber(from['seq'], `${name}.seq`);
    if (seq === null && (strict || from['seq'] === undefined)) this.complain(`${name}.seq must be a number.`);
    return {
      flags,
      seq: seq ?? NaN,
      ack: ack ?? (flags & hasAck ? NaN : 0),
      wnd: this.octets(from['win'] ?? from['wnd'] ?? from['window'], `${name}.win`, missingWnd),
      dataOctets: this.octets(from['len'] ?? from['dataOctets'] ?? from['data'], `${name}.len`, 0),
    };
  }

  private anyNumber(value: unknown, name: string): number | null {
    if (value === undefined || value === null) return null;
    if (typeof value === 'number') return value;
    this.complain(`${name} must be a number or null; it is ${show(value)}.`);
    return null;
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as it would stand in a sentence. */
export function show(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number') return String(value);
  const text = jsonOf(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // JSON.parse takes what is nested a hundred thousand times, JSON.stringify does not.
    return Array.isArray(value) ? 'a list nested too deeply' : 'an object nested too deeply';
  }
}

const ALIASES: Readonly<Record<string, State>> = {
  'SYN-RCVD': 'SYN-RECEIVED',
  'SYN-RECV': 'SYN-RECEIVED',
  ESTAB: 'ESTABLISHED',
  'FIN-WAIT1': 'FIN-WAIT-1',
  'FIN-WAIT2': 'FIN-WAIT-2',
  CLOSE: 'CLOSED',
};

function stateNamed(name: string): State | null {
  const plain = name.trim().toUpperCase().replaceAll(/[_ ]/g, '-');
  return (
    STATES.find((state) => state === plain) ??
    (Object.hasOwn(ALIASES, plain) ? ALIASES[plain] : undefined) ??
    null
  );
}

/** A line as an object, or the sentence that says why it is none. */
export function parseLine(line: string): Json | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return `This line is not JSON: ${show(line)}. Write one JSON object on each line.`;
  }
  return isObject(value) ? value : `Write one JSON object on each line; this is ${show(value)}.`;
}
