import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram } from './process.testing.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lab-serve-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Has the process get a signal the moment it is about to listen, or does. */
const signalAt = (moment: 'listen' | 'listening') => `
  const { Server } = await import('node:net');
  const listen = Server.prototype.listen;
  const stop = () => process.kill(process.pid, 'SIGTERM');
  Server.prototype.listen = function (...args) {
    if (${JSON.stringify(moment)} === 'listen') stop();
    else this.once('listening', stop);
    return listen.apply(this, args);
  };
`;

/**
 * Has the database's thread end of itself once the process listens; Node's own threads (what loads modules
 * has one) are let be.
 */
const LOSE_DATABASE = `
  const { Server } = await import('node:net');
  const { Worker } = await import('node:worker_threads');
  const workers = new Set();
  const on = Worker.prototype.on;
  Worker.prototype.on = function (...args) {
    if (this.constructor === Worker) workers.add(this);
    return on.apply(this, args);
  };
  const listen = Server.prototype.listen;
  Server.prototype.listen = function (...args) {
    this.once('listening', () => setTimeout(() => workers.forEach((worker) => worker.terminate()), 500));
    return listen.apply(this, args);
  };
`;

const ARGS = ['--host', '127.0.0.1', '--port', '0'];

test.each(['listen', 'listening'] as const)(
  'a stop before it has said where it is found is a stop like any other: %s',
  async (moment) => {
    const ended = await runProgram('main.ts', [...ARGS, '--data', dir], signalAt(moment));
    expect(ended).toMatchObject({ status: 0, stderr: '' });
  },
);

test.skipIf(process.platform === 'win32')(
  'what is written into a folder that anybody may read is for its owner alone',
  async () => {
    chmodSync(dir, 0o755);
    const { status } = await runProgram('main.ts', ['--port', '0', '--data', dir], signalAt('listening'));
    expect(status).toBe(0);
    expect(readdirSync(dir)).toContain('lab.sqlite');
    for (const file of readdirSync(dir)) expect(statSync(join(dir, file)).mode & 0o077).toBe(0);
  },
);

test('the folder of a lab that runs is its own', async () => {
  const lockAgain = `
    const { createRequire } = await import('node:module');
    const Database = createRequire(${JSON.stringify(import.meta.url)})('libsql');
    const { Server } = await import('node:net');
    const listen = Server.prototype.listen;
    Server.prototype.listen = function (...args) {
      this.once('listening', () => {
        try {
          new Database(${JSON.stringify(join(dir, 'lab.lock'))}).exec('BEGIN EXCLUSIVE');
        } catch ({ code }) {
          console.error(code);
        }
        process.kill(process.pid, 'SIGTERM');
      });
      return listen.apply(this, args);
    };
  `;
  const { status, stderr } = await runProgram('main.ts', [...ARGS, '--data', dir], lockAgain);
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'SQLITE_BUSY\n' });
});

test('a lab that has lost its database says so in one line and ends, so that it is started again', async () => {
  const { status, stdout, stderr } = await runProgram('main.ts', [...ARGS, '--data', dir], LOSE_DATABASE);
  expect(status).toBe(1);
  expect(stdout).toContain('Handshake Lab');
  expect(stderr).toMatch(/^Handshake Lab stops, for the database thread has stopped\. .*\n$/);
});
