import { expect, test } from 'vitest';
import { Playback } from './playback.svelte.ts';

/** Of an exchange in which something happened at these instants, twice at one of them. */
function replayOf(...instants: number[]): Playback {
  return new Playback(() => instants.map((ms) => ({ ms })));
}

test('a replay shows all there is until somebody goes back in it', () => {
  const replay = replayOf(0, 50, 50, 120);
  expect([replay.atMs, replay.endMs, replay.playing]).toEqual([null, 120, false]);
  replay.seek(60);
  expect(replay.atMs).toBe(60);
  replay.seek(-1);
  expect(replay.atMs).toBe(0);
  replay.seek(120);
  expect(replay.atMs).toBeNull();
});

test('a step goes to the next instant at which something happened, or the one before, and stops there', () => {
  const replay = replayOf(0, 50, 50, 120);
  const shownAfter = (by: 1 | -1) => {
    replay.step(by);
    return replay.atMs;
  };
  expect([shownAfter(-1), shownAfter(-1), shownAfter(-1)]).toEqual([50, 0, 0]);
  replay.play(true);
  expect(shownAfter(1)).toBe(50);
  expect(replay.playing).toBe(false);
  expect([shownAfter(1), shownAfter(1)]).toEqual([null, null]);
});

test('a replay that is over begins anew, one that was stopped goes on', () => {
  const replay = replayOf(0, 50, 120);
  replay.play(true);
  expect(replay.atMs).toBe(0);
  replay.rate = 2;
  replay.pass(20);
  replay.play(false);
  replay.play(true);
  expect([replay.atMs, replay.playing]).toEqual([40, true]);
});

test('it plays as fast as it is set, and stops at the end with everything shown', () => {
  const replay = replayOf(0, 50, 120);
  replay.play(true);
  replay.pass(10);
  expect(replay.atMs).toBe(40);
  replay.rate = 8;
  replay.pass(5);
  expect(replay.atMs).toBe(80);
  replay.pass(5);
  expect([replay.atMs, replay.playing]).toEqual([null, false]);
});

test('without motion it plays from one happening to the next, and stops at the last', () => {
  const replay = replayOf(0, 50, 50, 120);
  replay.play(true);
  replay.skip();
  expect([replay.atMs, replay.playing]).toEqual([50, true]);
  replay.skip();
  expect([replay.atMs, replay.playing]).toEqual([null, false]);
});

test('what is replayed may grow', () => {
  let trace = [{ ms: 0 }, { ms: 50 }];
  const replay = new Playback(() => trace);
  replay.seek(20);
  trace = [...trace, { ms: 90 }];
  replay.step(1);
  expect([replay.atMs, replay.endMs]).toEqual([50, 90]);
});

test('an exchange in which nothing happened has nothing to play', () => {
  const replay = replayOf();
  replay.play(true);
  replay.pass(1);
  expect([replay.atMs, replay.endMs, replay.playing]).toEqual([null, 0, false]);
});
