import { plainConditions } from '../../shared/link/conditions.ts';
import { scenarioById } from '../../shared/scenario/library/library.ts';
import type { Command } from '../../shared/table/command.ts';
import { decide } from '../../shared/table/decide.ts';
import type { Entry } from '../../shared/table/entry.ts';
import { evolve } from '../../shared/table/evolve.ts';
import { replay } from '../../shared/table/replay.ts';
import type { Role, Seats } from '../../shared/table/seats.ts';
import { ACK } from '../../shared/tcp/segment.ts';
import { cpuMs } from './cpu-time.ts';
import { quantile } from './loads.ts';

const SEATS: Seats = {
  client: { kind: 'player', id: 'a' },
  server: { kind: 'player', id: 'b' },
  link: { kind: 'player', id: 'c' },
  referee: { kind: 'player', id: 'd' },
};

/** A table's log of so many entries, nearly all of them segments that went over the wire and arrived. */
function logOf(entries: number): readonly Entry[] {
  const scenario = scenarioById('close-by-client');
  if (!scenario) throw new Error('the scenario is gone');
  let at = 1_000_000;
  const log: Entry[] = [
    { type: 'table-opened', at, table: 't', seed: 's', rules: 1, scenario, seats: SEATS },
  ];
  let table = replay(log, at);
  const ask = (role: Role, command: Command) => {
    at += 20;
    const decided = decide(table, command, { role, now: at, by: role, cmd: `k${log.length}` });
    if (!decided.ok) throw new Error(`refused: ${decided.error.code}`);
    for (const entry of decided.value) {
      log.push(entry);
      table = evolve(table, entry);
    }
  };
  ask('instructor', { type: 'set-clock', rate: 1 });
  ask('instructor', { type: 'set-conditions', from: 'client', conditions: plainConditions(0) });
  ask('instructor', { type: 'set-conditions', from: 'server', conditions: plainConditions(0) });
  for (let i = 0; log.length < entries; i++) {
    const side = i % 2 === 0 ? 'client' : 'server';
    const { snd, rcv } = table.ends[side].tcb;
    const seg = { seq: snd.nxt, ack: rcv.nxt ?? 0, flags: ACK, wnd: 64_240, dataOctets: 0 };
    ask(side, { type: 'send', seg });
  }
  return log;
}

/** How long it takes to make a table from its log, ms: the median of some runs, the first ones left out. */
export function replaying(entries: number): number {
  const log = logOf(entries);
  const until = log.at(-1)?.at ?? 0;
  const took: number[] = [];
  for (let run = 0; run < 15; run++) {
    const startedAt = cpuMs();
    if (replay(log, until).version !== log.length) throw new Error('not all of the log was replayed');
    if (run >= 4) took.push(cpuMs() - startedAt);
  }
  return quantile(took, 0.5);
}
