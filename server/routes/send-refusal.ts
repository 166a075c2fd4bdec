import type { FastifyReply } from 'fastify';
import type { Refusal } from '../../shared/refusals.ts';
import { refuse } from '../../shared/result.ts';
import { statusOf } from './status-of.ts';

/** A refusal with its status. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(statusOf(refusal)).send(refuse(refusal));
}
