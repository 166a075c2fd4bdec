import { logStoreContract } from './log-store.contract.ts';
import { MemoryLog } from './memory.ts';

logStoreContract('in memory', async () => {
  const log = new MemoryLog<{ n: number; text?: string }>();
  return {
    log,
    async setFull(full) {
      log.capacity = full ? 1 : Infinity;
    },
  };
});
