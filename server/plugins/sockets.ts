import type { Duplex } from 'node:stream';
import fp from 'fastify-plugin';
import type { Server } from 'socket.io';
import { ok, refuse } from '../../shared/result.ts';
import { Buckets } from '../buckets.ts';
import type { Limits } from '../limits.ts';
import type { Guard } from '../sockets/guarded.ts';
import { play } from '../sockets/play.ts';
import { screen } from '../sockets/screen.ts';
import { limitSmallTalk } from '../sockets/small-talk.ts';
import { sessionRoom, teach } from '../sockets/teach.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Ends the connections of a session that is over; `session` is the hash of its id. */
    readonly endSession: (session: string) => void;
  }
}

/** Before the connections are closed, how long what is under way may take. */
const SETTLE_MS = 5000;

/** How long a client may take to say goodbye; one that has stopped reading never does. */
const GOODBYE_MS = 500;

/** The namespaces, and their orderly end. */
export default fp<{ limits: Limits; baseUrl: () => string }>(
  async (app, { limits, baseUrl }) => {
    const { io, lab } = app;
    const guarding: Guard = {
      clock: lab.clock,
      limits,
      seats: new Buckets(lab.clock, limits.messages),
      fault: (err, message) => app.log.error({ err, message }, 'a message failed'),
    };
    limitSmallTalk(io, lab.clock, limits);
    const players = io.of('/play');
    const instructors = io.of('/teach');
    const projectors = io.of('/screen');
    const endSession = (session: string) => {
      const theirs = instructors.in(sessionRoom(session));
      theirs.emit('session:ended', {});
      theirs.disconnectSockets(true);
    };
    play(players, lab, guarding);
    teach(instructors, {
      lab,
      guarding,
      endSession,
      screens: app.store.screens,
      baseUrl,
      isLoggedIn: async (session) => (await app.store.sessions.use(session, lab.clock.now())) !== null,
      admit: async (socket) => {
        const who = await app.auth.instructorOf(socket.handshake.headers.cookie);
        if (!who) return refuse({ code: 'session/required' });
        // A cookie is sent whoever made the page; it counts only for a page of the lab's own.
        return app.isOwnPage(socket) ? ok(who) : refuse({ code: 'origin/foreign' });
      },
    });
    screen(projectors, { lab, guarding, screens: app.store.screens });

    app.decorate('endSession', endSession);
    app.addHook('preClose', async () => {
      for (const namespace of [players, instructors, projectors]) namespace.emit('server:restarting', {});
      await Promise.race([lab.settled(), new Promise((resolve) => setTimeout(resolve, SETTLE_MS).unref())]);
      // The answers to what was under way are written in this turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      await hangUp(io, app.upgraded);
    });
  },
  { name: 'sockets', dependencies: ['auth', 'io', 'lab', 'upgrades'] },
);

/** Closes all connections, not by `disconnect`, after which clients would not come back by themselves. */
async function hangUp(io: Server, upgraded: Iterable<Duplex>): Promise<void> {
  const closed = io.close();
  const late = setTimeout(() => {
    for (const socket of upgraded) socket.destroy();
  }, GOODBYE_MS);
  await closed;
  clearTimeout(late);
}
