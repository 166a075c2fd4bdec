import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { listenProblem } from './listen-problem.ts';

// The first is no machine's (RFC 5737), the second needs the name of an interface.
test.each(['192.0.2.77', 'fe80::1'])(
  'a host that is not to be had, %s, is told in one line',
  async (host) => {
    const server = createServer();
    const [error] = await once(server.listen(0, host), 'error');
    expect(listenProblem(error, { host, port: 3000 })).toBe(
      `HOST ${host} is not an address of this machine. Leave it out to listen on every network.`,
    );
  },
);
