import type { FastifyError } from 'fastify';
import fp from 'fastify-plugin';
import { refuse } from '../../shared/result.ts';
import { statusOf } from '../routes/status-of.ts';
import { StorageFullError } from '../store/storage-full-error.ts';

/** A fault is logged once, here, and shown as a code. What the client did wrong is not a fault. */
export default fp(
  async (app) => {
    app.setErrorHandler<FastifyError>((error, request, reply) => {
      if (error instanceof StorageFullError) {
        const full = { code: 'server/storage-full' } as const;
        return reply.code(statusOf(full)).send(refuse(full));
      }
      const status = error.statusCode ?? 500;
      if (status < 500) return reply.code(status).send(refuse({ code: 'message/invalid' }));
      request.log.error({ err: error }, 'a request failed');
      return reply.code(500).send(refuse({ code: 'server/fault' }));
    });
  },
  { name: 'errors' },
);
