import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Accounts } from '../accounts.ts';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { openStore } from '../store/open-store.ts';

/**
 * A new one-use link by which the first instructor, or the one called `--name`, sets a new password. It goes through the database, so
 * the server may run meanwhile. Where the lab is, is what the server said when it was last started, unless the environment says otherwise.
 */
export async function resetAdmin(
  args: readonly string[],
  write: (line: string) => void,
  warn: (line: string) => void,
): Promise<number> {
  const { name, rest } = takeName(args);
  const config = readConfig(process.env, rest);
  if (!config.ok || name === '') {
    warn(config.ok ? '--name needs a value.' : config.error);
    return 2;
  }
  const { dataDir, publicUrl } = config.value;
  const file = join(dataDir, 'lab.sqlite');
  if (!existsSync(file)) {
    warn(`There is no lab in ${dataDir}. Name its data folder with --data FOLDER or DATA_DIR.`);
    return 1;
  }
  const store = await openStore(file);
  try {
    const accounts = new Accounts(store, systemClock);
    const account = name === null ? await store.instructors.first() : await accounts.named(name);
    if (!account && name !== null) {
      warn(`There is no instructor called "${name}".`);
      return 1;
    }
    const link = await accounts.newLink({
      kind: account ? 'reset' : 'first',
      instructor: account?.id ?? null,
    });
    const url = publicUrl ?? ((await store.settings.get('url')) || 'http://localhost:3000');
    warn(
      account
        ? `Open this to set a new password for "${account.name}". It works once, for half an hour:`
        : 'Open this to set up the instructor. It works once, for half an hour:',
    );
    write(`${url}/${link.path}`);
    return 0;
  } finally {
    await store.close();
  }
}

/** `--name` is this command's own; the others are the server's. */
function takeName(args: readonly string[]): {
  readonly name: string | null;
  readonly rest: readonly string[];
} {
  const at = args.findIndex((arg) => arg === '--name' || arg.startsWith('--name='));
  const found = args[at];
  if (found === undefined) return { name: null, rest: args };
  const inline = found.startsWith('--name=');
  const name = inline ? found.slice('--name='.length) : (args[at + 1] ?? '');
  return { name, rest: [...args.slice(0, at), ...args.slice(at + (inline ? 1 : 2))] };
}
