import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { ok, refuse, type Result } from '../shared/result.ts';
import type { Options } from './options.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The settings, read once, at the start; no other setting comes from the environment. */
export interface Config {
  /** The address to listen on; `0.0.0.0` is every network this machine is in. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  /** `''`, or a path that starts with a slash and does not end with one: `/lab`. */
  readonly basePath: string;
  /**
   * Where browsers find the lab, base path included, without a slash at the end; null: by the LAN address.
   */
  readonly publicUrl: string | null;
  readonly logLevel: LogLevel;
  /**
   * The proxies whose X-Forwarded-* are believed: addresses, CIDR ranges, or proxy-addr's names of ranges.
   */
  readonly trustProxy: readonly string[];
}

export const USAGE = `Usage: npm start -- [options]

  --port NUMBER   the port to listen on (PORT, 3000)
  --host ADDRESS  the address to listen on (HOST, 0.0.0.0: every network of this machine)
  --data FOLDER   where classrooms and results are kept (DATA_DIR, ./data)
  --help          this text

Environment: PORT, HOST, DATA_DIR, BASE_PATH, PUBLIC_URL, LOG_LEVEL, TRUST_PROXY; see the README.`;

/** The options that stand for a variable. */
const OPTION_OF: Readonly<Record<string, string>> = { PORT: 'port', HOST: 'host', DATA_DIR: 'data' };
export const CONFIG_OPTIONS = Object.values(OPTION_OF);

/**
 * Options win over the environment, the environment over the defaults; an empty variable counts as absent.
 * What cannot be used is refused with one line that names it.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  options: Options,
): Result<Config, string> {
  /** The value to use and, for the refusal, what the user knows it by. */
  const setting = (variable: string, fallback: string) => {
    const name = OPTION_OF[variable] ?? '';
    const value = options.get(name);
    return value === undefined
      ? { value: env[variable]?.trim() || fallback, name: variable }
      : { value, name: `--${name}` };
  };

  const port = setting('PORT', '3000');
  if (!/^\d{1,5}$/.test(port.value) || Number(port.value) > 65_535) {
    return refuse(`${port.name} must be a port number from 0 to 65535, not "${port.value}".`);
  }

  const host = setting('HOST', '0.0.0.0');
  // With the name of an interface behind it (`fe80::1%eth0`) an address is none that a browser takes.
  if ((isIP(host.value) === 0 || host.value.includes('%')) && !HOST_NAME.test(host.value)) {
    return refuse(`${host.name} must be an IP address or a host name, not "${host.value}".`);
  }

  const basePath = setting('BASE_PATH', '').value.replace(/\/+$/, '');
  if (!BASE_PATH.test(basePath)) {
    return refuse(`BASE_PATH must be a path such as /lab, not "${basePath}".`);
  }

  const publicUrl = readPublicUrl(setting('PUBLIC_URL', '').value, basePath);
  if (!publicUrl.ok) return publicUrl;

  const logLevel = setting('LOG_LEVEL', 'warn').value;
  if (!isLogLevel(logLevel)) {
    return refuse(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${logLevel}".`);
  }

  const trustProxy = setting('TRUST_PROXY', '')
    .value.split(/[\s,]+/)
    .filter((range) => range !== '');
  const notARange = trustProxy.find((range) => !isRange(range));
  if (notARange !== undefined) {
    return refuse(
      `TRUST_PROXY must be a list of addresses or ranges such as 10.0.0.0/8 or loopback; "${notARange}" is neither.`,
    );
  }

  return ok({
    host: host.value,
    port: Number(port.value),
    dataDir: resolve(setting('DATA_DIR', 'data').value),
    basePath,
    publicUrl: publicUrl.value,
    logLevel,
    trustProxy,
  });
}

function readPublicUrl(text: string, basePath: string): Result<string | null, string> {
  if (text === '') return ok(null);
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && !url.username && !url.password && !url.search && !url.hash;
  if (!plain || !['http:', 'https:'].includes(url.protocol)) {
    return refuse(`PUBLIC_URL must be an address such as https://lab.example.org, not "${text}".`);
  }
  const path = url.pathname.replace(/\/+$/, '');
  if (path !== '' && path !== basePath) {
    return refuse(`PUBLIC_URL ends in ${path}, so BASE_PATH must be ${path} too, not "${basePath}".`);
  }
  return ok(url.origin + basePath);
}

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;

/** Segments of unreserved characters (RFC 3986 §2.3); `.` and `..` would be resolved away by browsers. */
const BASE_PATH = /^(\/(?!\.{1,2}(\/|$))[\w.~-]+)*$/;

function isLogLevel(level: string): level is LogLevel {
  return (LOG_LEVELS as readonly string[]).includes(level);
}

function isRange(range: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(range)) return true;
  const [address = '', bits, ...more] = range.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
