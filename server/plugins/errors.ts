import type { FastifyError } from 'fastify';
import fp from 'fastify-plugin';
import { refuse } from '../../shared/result.ts';
import { statusOf } from '../routes/status-of.ts';
import { refusalOf } from '../store/refusal-of.ts';
import { StorageFullError } from '../store/storage-full-error.ts';

/** A fault is logged once, here, and shown as a code. What the client did wrong is not a fault. */
export default fp(
  async (app) => {
    app.setErrorHandler<FastifyError>((error, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status < 500) return reply.code(status).send(refuse({ code: 'message/invalid' }));
      if (!(error instanceof StorageFullError)) request.log.error({ err: error }, 'a request failed');
      const refusal = refusalOf(error);
      return reply.code(statusOf(refusal)).send(refuse(refusal));
    });
  },
  { name: 'errors' },
);
