import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Accounts } from '../accounts.ts';
import { clockFrom } from '../clock-from.ts';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { readOptions } from '../options.ts';
import { openStore } from '../store/open-store.ts';

/**
 * A new one-use link by which the first instructor, or the one called `--name`, sets a new password. It goes
 * through the database, so the server may run meanwhile. The link has the address that the server had when it
 * was last started, unless PUBLIC_URL names another.
 */
export async function resetAdmin(
  args: readonly string[],
  write: (line: string) => void,
  warn: (line: string) => void,
): Promise<number> {
  const refused = (line: string): number => {
    warn(line);
    return 2;
  };
  const options = readOptions(args, ['data', 'name']);
  if (!options.ok) return refused(options.error);
  const config = readConfig(process.env, options.value);
  if (!config.ok) return refused(config.error);
  const { dataDir, publicUrl } = config.value;
  const name = options.value.get('name') ?? null;
  const file = join(dataDir, 'lab.sqlite');
  if (!existsSync(file)) {
    warn(`There is no lab in ${dataDir}. Name its data folder with --data FOLDER or DATA_DIR.`);
    return 1;
  }
  const store = await openStore(file);
  try {
    const accounts = new Accounts(store, clockFrom(await store.newestAt(), systemClock));
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
