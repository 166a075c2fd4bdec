import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one of the server's programs
 * (`main.ts`) in a process of its own, from its source, until it ends. `before` is run first in that process.
 */
export async function runProgram(program: string, args: readonly string[], before = ''): Promise<Ended> {
  const script = `
    ${before}
    const { runnerImport } = await import(${JSON.stringify(import.meta.resolve('vite'))});
    await runnerImport(${JSON.stringify(join(import.meta.dirname, program))}, { configFile: false, logLevel: 'error' });
  `;
  // What stands for the script's own name is no option.
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  return new Promise((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}
