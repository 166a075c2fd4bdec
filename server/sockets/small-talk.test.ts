import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLab, type Lab } from '../app.testing.ts';
import { ManualClock } from '../clock.testing.ts';
import { pollingSid, rawClient, until } from '../raw-client.testing.ts';
import { clientFrame } from './client-frame.testing.ts';

const PING = clientFrame('p', { first: 0x89 });
const PONG = clientFrame('p', { first: 0x8a });

let lab: Lab;
let clock: ManualClock;
const connections = () => lab.app.io.engine.clientsCount;

describe('a connection that sends what is no message', () => {
  beforeEach(async () => {
    clock = new ManualClock();
    lab = await startLab({ clock, limits: { smallTalk: { burst: 3, perS: 1 } } });
  });
  afterEach(() => lab.stop());

  async function student() {
    const { body } = await lab.post<{ token: string }>('api/practice', {});
    if (!body.ok) throw new Error(body.error.code);
    const { token } = body.value;
    const raw = await rawClient(lab.url);
    const enter = async () => {
      raw.send(`40/play,${JSON.stringify({ token })}`);
      await until(() => lab.app.io.of('/play').sockets.size === 1);
    };
    await enter();
    let asked = 0;
    return {
      ...raw,
      enter,
      async isAnswered() {
        raw.send(`42/play,${++asked}["clock:read",{}]`);
        await raw.until(new RegExp(`43/play,${asked}\\[`));
      },
    };
  }

  const KINDS = [
    ['WebSocket’s pings', PING],
    ['WebSocket’s pongs', PONG],
    ['heartbeats', clientFrame('3')],
    ['packets without a meaning', clientFrame('6')],
    ['answers that nobody asked for', clientFrame('43/play,1[]')],
    ['namespaces that there are not', clientFrame('40/nowhere,')],
  ] as const;

  test.each(KINDS)('may do so now and then: %s', async (_, frame) => {
    const raw = await student();
    for (let round = 0; round < 5; round++) {
      clock.advance(3000);
      raw.tcp.write(Buffer.concat([frame, frame]));
      await raw.isAnswered();
    }
    raw.tcp.destroy();
  });

  test.each(KINDS)('is dropped when there is no end to it: %s', async (_, frame) => {
    const raw = await student();
    raw.tcp.write(Buffer.concat(Array(4).fill(frame)));
    await raw.gone;
    expect(connections()).toBe(0);
  });

  test('is dropped when it enters and leaves a namespace again and again', async () => {
    const raw = await student();
    raw.send('41/play,');
    await until(() => lab.app.io.of('/play').sockets.size === 0);
    await raw.enter();
    raw.send('41/play,');
    await raw.gone;
  });

  test('is dropped over long polling, too', async () => {
    const sid = await pollingSid(lab.url);
    const url = `${lab.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`;
    await fetch(url, { method: 'POST', body: Array(4).fill('40/nowhere,').join('\u001e') }).catch(() => {});
    expect(connections()).toBe(0);
    expect((await fetch(url)).status).toBe(400);
  });

  test.each([
    ['probes', clientFrame('2probe')],
    ['pings', PING],
  ])('is dropped before it takes the place of long polling, too: %s', async (_, frame) => {
    const raw = await rawClient(lab.url, { sid: await pollingSid(lab.url) });
    raw.tcp.write(Buffer.concat(Array(4).fill(frame)));
    await raw.gone;
  });
});

test.each([
  ['WebSocket’s pongs', clientFrame('p'.repeat(125), { first: 0x89 })],
  ['refusals', clientFrame(`40/${'x'.repeat(4000)},`)],
])('a client that does not read is dropped when too much waits for it: %s', async (_, frame) => {
  lab = await startLab({ limits: { smallTalk: { burst: 1e9, perS: 1e9 }, backlogOctets: 1000 } });
  const raw = await rawClient(lab.url);
  raw.tcp.pause();
  const many = Buffer.concat(Array(Math.ceil(50_000 / frame.length)).fill(frame));
  // The kernels of both ends take megabytes first.
  while (connections() > 0) {
    if (raw.tcp.writableLength === 0) raw.tcp.write(many);
    await new Promise((resolve) => setImmediate(resolve));
  }
  raw.tcp.destroy();
  await lab.stop();
});

test('a student who asks to be let in twice at once is not, and is nowhere', async () => {
  lab = await startLab();
  const teacher = await lab.teach(await lab.logIn());
  const { classroomId } = await teacher.do('classroom:open', { id: 'open' });
  const { code } = (await teacher.do('classroom:watch', { classroomId })).view;
  const { token, playerId } = await lab.join(code, 'Ana');
  const raw = await rawClient(lab.url);
  const enter = `40/play,${JSON.stringify({ token })}`;
  raw.send(enter, enter);
  await raw.gone;
  await until(() => connections() === 1);
  expect(lab.app.lab.presence.isHere(classroomId, playerId)).toBe(false);
  await lab.play(token);
  expect(lab.app.lab.presence.isHere(classroomId, playerId)).toBe(true);
  await lab.stop();
});
