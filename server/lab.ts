import { once } from 'node:events';
import { createInterface } from 'node:readline';

/*
 * The command line: `npm run lab -- COMMAND`. Answers go to stdout, one JSON line each; everything else to
 * stderr.
 */

const USAGE = `Usage: npm run -s lab -- COMMAND

  judge < cases.jsonl   one situation a line in, one verdict a line out
  trace < steps.jsonl   one end's view, a step a line in; its state after each out
  check FILE            every TCP connection of a pcap or pcapng file, a segment a line out;
                        exit status 1 if one is wrong, 2 if the file cannot be read
  reset-admin [--data FOLDER] [--name NAME]
                        a one-use link to set a new password; the server may be running`;

/** Enough octets for one write; more would only be held longer. */
const CHUNK = 1 << 16;

let pending = '';
/** Settles when whoever reads has caught up; undefined while nobody is behind. */
let caughtUp: Promise<void> | undefined;

// A reader that has seen enough, such as `head`, closes the pipe: no reason to complain.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const [command, ...args] = process.argv.slice(2);
process.exitCode = await run(command, args);
flush();
// Whoever writes into a pipe that nobody reads any more is told so, and is not waited for.
process.stdin.destroy();

async function run(command: string | undefined, args: readonly string[]): Promise<number> {
  const [file] = args;
  if (args.includes('--help')) return run('--help', []);
  switch (command) {
    case 'judge':
      if (args.length > 0) return usage();
      return (await import('./lab/judge.ts')).judgeCases(lines(), write);
    case 'trace':
      if (args.length > 0) return usage();
      return (await import('./lab/trace/trace.ts')).traceSteps(lines(), write);
    case 'check':
      if (file === undefined || args.length > 1) return usage();
      return (await import('./lab/check.ts')).checkCapture(file, write, warn);
    case 'reset-admin':
      return (await import('./lab/reset-admin.ts')).resetAdmin(args, (line) => void write(line), warn);
    case '--help':
      void write(USAGE);
      return 0;
    default:
      return usage();
  }
}

function lines(): AsyncIterable<string> {
  return createInterface({ input: process.stdin, crlfDelay: Infinity });
}

/**
 * Lines are gathered until the event loop turns, so a million of them are not a million system calls. A pipe
 * takes what it is given and keeps in memory what is not read yet: commands wait for the promise before they
 * write much more.
 */
function write(line: string): Promise<void> | undefined {
  if (pending === '') setImmediate(flush);
  pending += `${line}\n`;
  if (pending.length >= CHUNK) flush();
  return caughtUp;
}

function flush(): void {
  const text = pending;
  pending = '';
  if (text === '' || process.stdout.write(text)) return;
  caughtUp ??= once(process.stdout, 'drain').then(() => {
    caughtUp = undefined;
  });
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

function usage(): number {
  warn(USAGE);
  return 2;
}
