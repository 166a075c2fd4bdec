import type { Config } from './config.ts';

/** One line for the user when the address cannot be had; null when the error is of another kind. */
export function listenProblem(error: unknown, { host, port }: Pick<Config, 'host' | 'port'>): string | null {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Stop that one, or choose another port: npm start -- --port ${port < 65_535 ? port + 1 : 3000}`;
    case 'EACCES':
      return `Port ${port} may not be opened by this user. Choose one above 1023: npm start -- --port 3000`;
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT': // no IPv6 here
    case 'EINVAL': // an address of IPv6 that is one within a network only
    case 'ENOTFOUND':
      return `HOST ${host} is not an address of this machine. Leave it out to listen on every network.`;
    default:
      return null;
  }
}
