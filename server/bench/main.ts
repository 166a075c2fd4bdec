import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { growthByAge, growthByTables } from './growth.ts';
import { instructor } from './instructor.ts';
import { judging } from './judging.ts';
import { replaying } from './replaying.ts';
import { SERVERS, sockets, type ServerName, type SocketsRow } from './sockets.ts';
import { PINNED, pinToLoadCore } from './spawned.ts';
import { storing } from './storing.ts';
import { starting } from './starting.ts';
import { num, table } from './table.ts';

/*
 * How fast the lab is, measured on this machine against a bare Socket.IO server on the same machine in the
 * same run.
 *
 *   npm run bench                                  everything, in some nine minutes
 *   npm run bench -- judge replay                  some of it
 *   npm run bench -- sockets --clients 1000        one size only
 *   npm run bench -- sockets --server lab          one server only
 */

const SIZES = [200, 1000, 4000];

const ROWS = {
  judge: async () => {
    const { judgedPerS, rightPerS, stepsPerS } = judging(1500);
    return table(
      ['judge', 'per second', 'goal'],
      [
        ['segments judged, a third of them wrong', num(judgedPerS), '1,000,000'],
        ['segments judged, all of them right', num(rightPerS), ''],
        ['judged, sent and arrived', num(stepsPerS), ''],
      ],
    );
  },
  replay: async () =>
    table(
      ['replay', 'ms', 'goal'],
      [
        ['1,000 entries', num(replaying(1000), 1), ''],
        ['10,000 entries', num(replaying(10_000), 1), '50'],
      ],
    ),
  store: async () => {
    const rows: string[][] = [];
    for (const waiting of [1, 16, 256]) {
      const { perS, cpuUs } = await storing(waiting, 2000);
      rows.push([num(waiting), num(perS), num(cpuUs)]);
    }
    return table(['durable appends waiting at a time', 'per second', 'µs each'], rows);
  },
  start: async () => {
    const { firstMs, againMs } = await starting();
    return table(
      ['node dist/server/main.js listens after', 'ms', 'goal'],
      [
        ['with a new data folder', num(firstMs), '800'],
        ['with its own', num(againMs), '800'],
      ],
    );
  },
  sockets: socketsTable,
  instructor: async () => {
    const { tables, perS, octetsPerS, firstOctets } = await instructor(200);
    return table(
      ["the instructor's page", 'tables', 'commands/s', 'first, KB', 'then, KB/s'],
      [['', num(tables), num(perS), num(firstOctets / 1024), num(octetsPerS / 1024)]],
    );
  },
  tables: async () =>
    table(
      ['tables on the server, ten of them busy', 'commands/s', 'µs/command'],
      (await growthByTables([10, 100, 1000, 5000])).map((row) => [
        num(row.of),
        num(row.perS),
        num(row.cpuUs),
      ]),
    ),
  age: async () =>
    table(
      [
        'entries in a table',
        'commands/s',
        'µs/command',
        'reconnect, ms',
        'snapshot, KB',
        'after a restart, ms',
      ],
      (await growthByAge([10, 100, 1000, 10_000])).map((row) => [
        num(row.of),
        num(row.perS),
        num(row.cpuUs),
        num(row.reconnectMs, 1),
        num(row.snapshotOctets / 1024, 1),
        num(row.revivedMs, 1),
      ]),
    ),
};

type Row = keyof typeof ROWS;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { clients: { type: 'string' }, server: { type: 'string' } },
});

const asked = positionals.length === 0 ? (Object.keys(ROWS) as Row[]) : positionals.map(rowOf);
pinToLoadCore();
say(
  `${cpus()[0]?.model.trim()} × ${cpus().length}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}; ` +
    (PINNED ? 'server on one core, load on another' : 'server and load share what there is'),
);
const startedAt = performance.now();
for (const row of asked) {
  process.stderr.write(`${row} …\n`);
  say(`\n${await ROWS[row]()}`);
}
say(`\n${num((performance.now() - startedAt) / 1000)} s, load ${loadavg()[0]?.toFixed(1)}`);
process.exit(0);

async function socketsTable(): Promise<string> {
  const sizes = options.clients === undefined ? SIZES : [Number(options.clients)];
  const servers = options.server === undefined ? SERVERS : SERVERS.filter((name) => name === options.server);
  const rows: SocketsRow[] = [];
  for (const people of sizes) {
    process.stderr.write(`  ${people} clients …\n`);
    rows.push(...(await sockets(servers, people)));
  }
  const of = (server: ServerName, people: number) =>
    rows.find((row) => row.server === server && row.people === people);
  const ratio = (row: SocketsRow, server: ServerName) => {
    const other = of(server, row.people);
    return other ? num(row.perS / other.perS, 2) : '';
  };
  return table(
    [
      'server',
      'clients',
      'commands/s',
      '/ bare',
      '/ corked',
      'µs/command',
      'bytes/command',
      'view, bytes',
    ].concat(['at 2000/s: ack p50', 'p99', 'far view p50', 'p99, ms', 'KB/table', 'beyond bare', 'played']),
    rows.map((row) => {
      const { people, fixed } = row;
      const bare = of('bare', people);
      const perTable = (octets: number) => num(octets / 1024 / (people / 4));
      const beyond = (which: 'seatedOctets' | 'playedOctets') =>
        bare ? perTable(row[which] - bare[which]) : '';
      return [
        row.server,
        num(people),
        num(row.perS),
        ratio(row, 'bare'),
        ratio(row, 'bare, corked'),
        num(row.cpuUs),
        num(row.octets),
        num(row.viewOctets),
        num(fixed.ack.p50, 1),
        num(fixed.ack.p99, 1),
        num(fixed.view.p50, 1),
        num(fixed.view.p99, 1),
        perTable(row.seatedOctets),
        beyond('seatedOctets'),
        beyond('playedOctets'),
      ];
    }),
  );
}

function rowOf(name: string): Row {
  if (Object.hasOwn(ROWS, name)) return name as Row;
  console.error(`There is no "${name}"; there are ${Object.keys(ROWS).join(', ')}.`);
  process.exit(1);
}

function say(line: string): void {
  console.log(line);
}
