/** What a measured server process has used. */
export interface Usage {
  /** User and system, all threads, since it began; µs. */
  readonly cpuUs: number;
  /** Live after a collection if one was asked for: JavaScript's heap and buffers outside it. */
  readonly liveOctets: number;
  readonly rssOctets: number;
}

export interface UsageRequest {
  readonly ask: 'usage';
  readonly collect: boolean;
}

/**
 * In a server process: tells the bench that it listens, then what it uses when asked, and ends when the bench
 * has had enough.
 */
export function answerBench(
  ready: Readonly<Record<string, unknown>>,
  close: () => Promise<unknown> = async () => {},
): void {
  process.on('message', ({ collect }: UsageRequest) => {
    if (collect) for (let i = 0; i < 3; i++) globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const { heapUsed, external, rss } = process.memoryUsage();
    const usage: Usage = { cpuUs: user + system, liveOctets: heapUsed + external, rssOctets: rss };
    process.send?.(usage);
  });
  process.on('disconnect', () => void close().finally(() => process.exit(0)));
  process.send?.(ready);
}
