import type { FastifyRequest, FastifyServerOptions } from 'fastify';
import type { LogLevel } from './config.ts';

type LoggerOptions = Exclude<NonNullable<FastifyServerOptions['logger']>, boolean>;

/** Logs hold no names, tokens, codes, cookies or addresses of people. */
export function loggerOptions(level: LogLevel): LoggerOptions {
  return {
    level,
    redact: {
      paths: [
        'code',
        'name',
        ...['cookie', 'authorization', 'token', 'body', 'headers'].flatMap((field) => [field, `*.${field}`]),
      ],
      remove: true,
    },
    serializers: {
      // The route's pattern instead of the address: `/join/ABC234` and `/setup?token=…` have secrets in them.
      req: (request: FastifyRequest) => ({
        method: request.method,
        route: request.routeOptions.url ?? 'page',
      }),
      err: (error: Error & { code?: unknown }) => ({
        type: error.name,
        message: error.message,
        code: error.code,
        stack: error.stack,
      }),
    },
  } as LoggerOptions;
}
