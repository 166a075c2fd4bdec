import { describe, expect, test } from 'vitest';
import type { ScreenReply } from '../../shared/protocol/messages.ts';
import {
  clock,
  lab,
  teacher,
  classroomId,
  code,
  restart,
  seatOf,
  startPairs,
  teach,
  secret,
  student,
  settle,
} from '../class.testing.ts';

describe('the projector', () => {
  const link = async (id = 'screen') => {
    const { url } = await teacher.do('screen:link', { classroomId, id });
    expect(url.startsWith(`${lab.url}/screen#`)).toBe(true);
    return new URL(url).hash.slice(1);
  };
  const opened = async () => {
    const { body } = await lab.post<ScreenReply>('api/screen', { link: await link() });
    if (!body.ok) throw new Error(body.error.code);
    const projector = await lab.project(body.value.token);
    const frames: string[] = [];
    projector.socket.io.engine.on('packet', ({ data }: { data?: unknown }) => frames.push(String(data)));
    return { projector, frames, token: body.value.token };
  };

  test('is opened by a link that works once, within ten minutes, and stays open through a restart', async () => {
    const late = await link();
    clock.advance(600_000);
    expect((await lab.post('api/screen', { link: late })).status).toBe(410);
    const once = await link('again');
    const { body } = await lab.post<ScreenReply>('api/screen', { link: once });
    expect((await lab.post('api/screen', { link: once })).status).toBe(410);
    await expect(lab.project('nonsense')).rejects.toThrow('session/expired');
    await restart();
    const projector = await lab.project(body.ok ? body.value.token : '');
    expect(await projector.do('screen:watch', {})).toMatchObject({ classroomId, show: 'code' });
  });

  test('shows code and QR, and no names unless they are allowed', async () => {
    const ana = await student('Canary Ana');
    const { projector, frames } = await opened();
    const first = await projector.do('screen:watch', {});
    expect(first.join).toMatchObject({ code, joinUrl: `${lab.url}/join/${code}#${await secret()}` });
    for (const show of ['progress', 'debrief', 'poll', 'blank', 'code'] as const) {
      await startPairs().catch(() => {});
      await teach({ type: 'set-screen', screen: { show, names: false } });
      clock.advance(1000);
      await projector.hear('screen:view', (one) => one.show === show);
    }
    await ana.do('clock:read', {});
    expect(frames.join('\n')).not.toContain('Canary');
    await teach({ type: 'set-screen', screen: { show: 'code', names: true } });
    clock.advance(250);
    await projector.hear('screen:view', (one) => one.names?.includes('Canary Ana') ?? false);
  });

  test('follows the tables’ progress', async () => {
    await student('Ana');
    await startPairs();
    await teach({ type: 'set-screen', screen: { show: 'progress', names: false } });
    const { projector } = await opened();
    const { tables } = await projector.do('screen:watch', {});
    expect(tables).toMatchObject([{ number: 1, phase: 'running' }]);
    await teach({ type: 'end-round' });
    clock.advance(1000);
    await projector.hear('screen:view', (one) => one.tables?.[0]?.phase === 'ended');
  });

  test('shows one table while it is put up, and no other', async () => {
    const ana = await student('Ana');
    await startPairs();
    const { tableId } = await seatOf(ana);
    const { projector } = await opened();
    await projector.do('screen:watch', {});
    const refused = { ok: false, error: { code: 'screen/not-shown' } };
    expect(await projector.ask('table:watch', { tableId })).toEqual(refused);
    await teach({ type: 'set-screen', screen: { show: 'table', tableId, names: false } });
    expect((await projector.do('table:watch', { tableId })).now.as).toBe('full');
    clock.advance(2000);
    await projector.hear('table:view');
    await teach({ type: 'set-screen', screen: { show: 'blank', names: false } });
    clock.advance(250);
    await projector.hear('screen:view', (one) => one.show === 'blank');
    const before = projector.all('table:view').length;
    clock.advance(60_000);
    await settle();
    expect(projector.all('table:view')).toHaveLength(before);
    expect(await projector.ask('table:watch', { tableId })).toEqual(refused);
  });

  test('shows nothing of an exam before it is over, whatever was put up', async () => {
    const ana = await student('Ana');
    await startPairs('exam');
    const { tableId } = await seatOf(ana);
    const { projector, frames } = await opened();
    const screen = { show: 'table', tableId, names: false } as const;
    await expect(teach({ type: 'set-screen', screen })).rejects.toThrow('screen/exam-running');
    // Put up by a release that let it through.
    const { classrooms } = lab.app.lab;
    await classrooms.amend(classroomId, (_, at) => [{ at, type: 'screen-set', screen }]);
    const first = await projector.do('screen:watch', {});
    expect(first).toMatchObject({
      show: 'table',
      sealed: true,
      round: { title: { en: expect.any(String) } },
    });
    expect(await projector.ask('table:watch', { tableId })).toMatchObject({
      error: { code: 'screen/exam-running' },
    });
    clock.advance(30_000);
    await settle();
    expect(frames.join('\n')).not.toContain('table:view');
    await teach({ type: 'end-round' });
    clock.advance(1000);
    await projector.hear('screen:view', (one) => one.table?.number === 1);
    expect((await projector.do('table:watch', { tableId })).now).toMatchObject({ phase: 'ended' });
  });

  test('leaves nobody behind who looks, however often it asks at once', async () => {
    await student('Ana');
    await startPairs();
    const { projector } = await opened();
    teacher.socket.disconnect();
    await teacher.gone();
    await Promise.all([1, 2, 3].map(() => projector.do('screen:watch', {})));
    const { liveRounds } = lab.app.lab;
    clock.advance(2000);
    await expect.poll(() => liveRounds.minisOf(classroomId)).toHaveLength(1);
    projector.socket.disconnect();
    await expect.poll(() => liveRounds.minisOf(classroomId)).toEqual([]);
  });

  test('has no controls, and ends with the class', async () => {
    const { projector, token } = await opened();
    const raw = projector.socket;
    for (const message of ['table:command', 'classroom:command']) {
      const req = { classroomId, tableId: 'x', id: 'x', command: { type: 'close' } };
      expect(await raw.timeout(5000).emitWithAck(message, req)).toMatchObject({
        error: { code: 'message/invalid' },
      });
    }
    await projector.do('screen:watch', {});
    await teach({ type: 'close' });
    clock.advance(250);
    await projector.hear('screen:ended');
    await projector.gone();
    await expect(lab.project(token)).rejects.toThrow('classroom/closed');
  });
});
