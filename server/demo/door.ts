import type { FastifyInstance } from 'fastify';
import { hashPassword } from '../secrets/slow-hash.ts';
import { hashOf, isSame, newSecret } from '../secrets/tokens.ts';

/**
 * An instructor whose password nobody knows, and an address that lets in whoever has the ticket, straight to
 * the class: a demonstration should not begin with a form. Only a server started as one has it.
 */
export async function doorFor(
  app: FastifyInstance,
  basePath: string,
  ticket: string,
  classroomId: () => string,
): Promise<{ readonly owner: string }> {
  const token = newSecret();
  const { store, lab, auth } = app;
  const link = { kind: 'first', instructor: null } as const;
  await store.setupLinks.add(hashOf(token), link, lab.clock.now(), 60_000);
  const account = await store.instructors.setUp(hashOf(token), lab.clock.now(), {
    name: 'Demo',
    nameKey: 'demo',
    passwordHash: await hashPassword(newSecret()),
    freshId: 'demo',
  });
  if (!account.ok) throw new Error(`no instructor for the demonstration: ${account.error.code}`);

  app.get<{ Params: { ticket: string } }>(`${basePath}/demo/:ticket`, async (request, reply) => {
    if (!isSame(request.params.ticket, ticket)) return reply.redirect(`${basePath}/`);
    await auth.logIn(request, reply, account.value);
    return reply.redirect(`${basePath}/teach/${classroomId()}`);
  });
  return { owner: account.value };
}
