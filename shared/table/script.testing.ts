import { expect } from 'vitest';
import type { ScenarioDocument } from '../scenario/schema.ts';
import type { Scenario, Side } from '../scenario/types.ts';
import { withDefaults } from '../scenario/with-defaults.ts';
import { ACK } from '../tcp/segment.ts';
import type { Segment } from '../tcp/segment.ts';
import type { State } from '../tcp/state.ts';
import { advance } from './advance.ts';
import { toArray } from './chain.ts';
import { instantOf } from './clock.ts';
import type { Command, Touch } from './command.ts';
import { decide } from './decide.ts';
import type { Entry } from './entry.ts';
import { evolve } from './evolve.ts';
import type { Happening } from './happening.ts';
import { flagsOfLetters, lettersOf } from './pattern.ts';
import { replay } from './replay.ts';
import { RULES } from './rules.ts';
import type { Holder, Role, Seats } from './seats.ts';
import type { Table } from './table.ts';

/** The epoch instant at which every table of the tests starts its clock. */
export const START = 1_750_000_000_000;

export const ANA: Holder = { kind: 'player', id: 'ana' };
export const BEN: Holder = { kind: 'player', id: 'ben' };
export const LIN: Holder = { kind: 'player', id: 'lin' };
export const REA: Holder = { kind: 'player', id: 'rea' };
export const BOT: Holder = { kind: 'bot', skill: 1 };
export const EMPTY: Holder = { kind: 'empty' };

export const HUMANS: Seats = { client: ANA, server: BEN, link: LIN, referee: EMPTY };
export const BOTS: Seats = { client: BOT, server: BOT, link: BOT, referee: EMPTY };

/**
 * Numbers that are easy to read: ISS 100 and 300, 50 ms each way, RTO 1 s, MSL 1 s; nobody is asked for
 * states.
 */
export function exercise(document: Partial<ScenarioDocument> = {}): Scenario {
  const scenario = withDefaults({
    id: 'test',
    title: 'Test',
    summary: 'Test',
    askState: false,
    attempts: null,
    calls: [{ side: 'client', when: { atMs: 0 }, call: 'connect' }],
    pace: { rtoMs: 1000, maxRtoMs: 60_000, mslMs: 1000, thinkMs: 20 },
    budget: { drop: null, duplicate: null, hold: null, cut: null, conditions: true },
    finish: 'closed',
    ...document,
    link: {
      client: { delayMs: 50, ...document.link?.client },
      server: { delayMs: 50, ...document.link?.server },
    },
    ends: {
      client: { iss: { policy: 'given', value: 100 }, ...document.ends?.client },
      server: { iss: { policy: 'given', value: 300 }, ...document.ends?.server },
    },
  });
  return scenario;
}

const PLAYERS: Readonly<Record<Role, string>> = {
  client: 'ana',
  server: 'ben',
  link: 'lin',
  referee: 'rea',
  instructor: 'tea',
  observer: 'obs',
};

export interface Setting {
  readonly scenario?: Scenario;
  readonly seats?: Seats;
  readonly seed?: string;
  readonly table?: string;
  readonly rules?: number;
  readonly endsAfterMs?: number;
}

/** A table that a test plays at, with its log. */
export class Lab {
  readonly log: Entry[] = [];
  table: Table;
  private commands = 0;

  constructor({ scenario = exercise(), seats = HUMANS, seed = 'seed', table = 't1', ...more }: Setting = {}) {
    const { rules = RULES, endsAfterMs } = more;
    const opened: Entry = {
      at: START,
      type: 'table-opened',
      table,
      seed,
      rules,
      scenario,
      seats,
      ...(endsAfterMs !== undefined && { endsAfterMs }),
    };
    this.log.push(opened);
    this.table = replay(this.log, START);
    this.ask('instructor', { type: 'set-clock', rate: 1 }, START);
  }

  get happenings(): Happening[] {
    return toArray(this.table.history);
  }

  /** Brings the table to a virtual instant. */
  to(ms: number): void {
    const at = instantOf(this.table.clock, ms);
    if (at !== null) this.table = advance(this.table, at);
  }

  /** Asks at the virtual instant to which the table was brought last, or at an epoch instant. */
  ask(role: Role, command: Command, at: number, cmd = `k${++this.commands}`): ReturnType<typeof decide> {
    const by = PLAYERS[role];
    const decided = decide(this.table, command, { role, now: at, by, cmd });
    if (decided.ok) {
      for (const entry of decided.value) {
        this.log.push(entry);
        this.table = evolve(this.table, entry);
      }
    }
    return decided;
  }

  /** Follows a trace such as an instructor would draw; see {@link script}. */
  play(trace: string): this {
    let ms = 0;
    for (const raw of trace.split('\n')) {
      const line = raw.replace(/\s*--.*$/, '').trim();
      if (line === '') continue;
      const [, plus, amount, rest = ''] = /^(\+?)(\d+)\s+(.*)$/.exec(line) ?? [];
      if (amount === undefined) throw new Error(`no instant in: ${raw}`);
      ms = plus ? ms + Number(amount) : Number(amount);
      this.to(ms);
      this.line(rest.replace(/\s+/g, ' '), ms);
    }
    return this;
  }

  private line(line: string, ms: number): void {
    const [action = '', outcome] = line.split(/\s*! /);
    const [who = '', verb = '', ...words] = action.trim().split(' ');
    const rest = words.join(' ');
    const side = who as Side;
    const here = this.happenings.filter((it) => it.ms === ms);
    switch (verb) {
      case '>':
        return this.told(line, outcome, this.act(who as Role, { type: 'send', seg: parseSegment(rest) }, ms));
      case '>>':
        expect(segmentsOf(here, 'sent', side), line).toContain(rest);
        return;
      case '<':
        expect(segmentsOf(here, 'arrived', side), line).toContain(rest);
        return;
      case '=':
        return this.check(side, rest, line);
      case 'nothing':
        return this.told(line, outcome, this.act(side, { type: 'nothing' }, ms));
      case 'is':
        return this.told(line, outcome, this.act(side, { type: 'label', state: rest as State }, ms));
      case 'hint':
        return this.told(line, outcome, this.act(side, { type: 'hint' }, ms));
      case 'timer':
        expect(here, line).toContainEqual({ ms, kind: 'timer', side, timer: rest });
        return;
      case 'calls':
        expect(
          here
            .filter((it) => it.kind === 'called' && it.side === side)
            .map((it) => it.kind === 'called' && it.call.call),
          line,
        ).toContain(rest);
        return;
      case 'rate':
        return this.told(
          line,
          outcome,
          this.act('instructor', { type: 'set-clock', rate: Number(rest) }, ms),
        );
      case 'cut':
      case 'mend':
        return this.told(line, outcome, this.act(who as Role, { type: verb }, ms));
      case 'drop':
      case 'duplicate':
      case 'hold':
      case 'release': {
        const touch: Touch = verb;
        return this.told(line, outcome, this.act(who as Role, { type: 'touch', flight: rest, touch }, ms));
      }
      case 'over':
        expect(this.table.phase, line).toBe('ended');
        return;
      default:
        throw new Error(`not understood: ${line}`);
    }
  }

  /** Asks at a virtual instant, to which the table is brought first. */
  act(role: Role, command: Command, ms: number): ReturnType<typeof decide> {
    this.to(ms);
    // A clock that stands has no instant for what comes later: the instructor acts a second after it was
    // stopped.
    return this.ask(role, command, instantOf(this.table.clock, ms) ?? this.table.clock.at + 1000);
  }

  /** `! wrong M01`, `! blocked M19`, `! lost`, `! refused table/paused`; nothing: it was right. */
  private told(line: string, outcome: string | undefined, reply: ReturnType<typeof decide>): void {
    const [kind, code] = (outcome ?? 'right').split(' ');
    if (kind === 'refused') {
      expect(reply, line).toMatchObject({ ok: false, error: { code } });
      return;
    }
    expect(reply, line).toMatchObject({ ok: true });
    const entry = reply.ok ? reply.value[0] : undefined;
    if (!entry || !('verdict' in entry)) return;
    const { verdict } = entry;
    const codes = verdict.faults.map((fault) => fault.code);
    if (kind === 'right' || kind === 'lost') {
      expect(verdict.faults, line).toEqual([]);
      expect(verdict.verdict, line).not.toBe('wrong');
    } else {
      expect(verdict.verdict, line).toBe('wrong');
      if (code) expect(codes, line).toContain(code);
    }
    if (kind === 'blocked') expect(entry.type, line).toBe('segment-blocked');
    if (kind === 'lost') expect(entry.type === 'segment-sent' && entry.fate.lost, line).toBeTruthy();
  }

  private check(side: Side, what: string, line: string): void {
    const [state, ...pairs] = what.split(' ');
    const end = this.table.ends[side];
    expect(end.state, line).toBe(state);
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const { snd, rcv } = end.tcb;
      const values: Record<string, number | null> = {
        'snd.una': snd.una,
        'snd.nxt': snd.nxt,
        'rcv.nxt': rcv.nxt,
      };
      expect(values[pairs[i] ?? ''], line).toBe(Number(pairs[i + 1]));
    }
  }
}

/**
 * A trace, one step a line; the table is brought to the line's instant (virtual ms; `+50` after the last one)
 * first.
 *
 *     client > S 100:100(0)            sends it; right unless `! wrong M05`, `! blocked M05`, `! lost`, `! refused code` follows
 *     server >> S. 300:300(0) ack 101  was sent at this instant (by a bot or by the lab)
 *     server < S 100:100(0)            reached it at this instant
 *     server = SYN-RECEIVED rcv.nxt 101
 *     client nothing | client is ESTABLISHED | client hint | client timer rto | client calls close
 *     link drop s1 | link hold s1 | link release s1 | link duplicate s1 | link cut | link mend
 *     clock rate 0 | table over
 */
export function script(setting: Setting = {}): (strings: TemplateStringsArray) => Lab {
  return (strings) => new Lab(setting).play(strings.join(''));
}

export function parseSegment(text: string): Segment {
  const [, letters = '', first, , octets, ack, wnd] =
    /^(\S+) (\d+):(\d+)\((\d+)\)(?: ack (\d+))?(?: win (\d+))?$/.exec(text) ?? [];
  const flags = flagsOfLetters(letters);
  if (flags === null || first === undefined) throw new Error(`not a segment: ${text}`);
  const seg = { seq: Number(first), ack: Number(ack ?? 0), flags, wnd: Number(wnd ?? 64_240) };
  return { ...seg, dataOctets: Number(octets) };
}

/** Without the window, which no rule looks at. */
export function printSegment({ seq, ack, flags, dataOctets }: Segment): string {
  const last = (seq + dataOctets) % 2 ** 32;
  return `${lettersOf(flags)} ${seq}:${last}(${dataOctets})${flags & ACK ? ` ack ${ack}` : ''}`;
}

function segmentsOf(happenings: readonly Happening[], kind: 'sent' | 'arrived', side: Side): string[] {
  return happenings.flatMap((it) => (it.kind === kind && it.side === side ? [printSegment(it.seg)] : []));
}
