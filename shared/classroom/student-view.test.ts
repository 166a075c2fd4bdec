import { expect, test } from 'vitest';
import { Room } from './room.testing.ts';
import { studentView } from './student-view.ts';

const roundOf = (room: Room, player: string) =>
  studentView(room.classroom, player, new Set(['ana', 'ben', 'cem']), room.at);

test('whoever sits in the round that is going on stays there while the next one is drawn up', () => {
  const room = new Room().join('Ana', 'Ben');
  room.ask({ type: 'prepare-round', scenarioId: 'one', seating: 'pairs' });
  room.ask({ type: 'start-round' });
  room.ask({ type: 'prepare-round', scenarioId: 'two', seating: 'pairs' });
  expect(roundOf(room, 'ana')?.round).toMatchObject({ scenarioId: 'one', phase: 'running' });
  room.ask({ type: 'set-clock', rate: 0 });
  expect(roundOf(room, 'ana')?.round).toMatchObject({ scenarioId: 'one', phase: 'paused' });
  room.ask({ type: 'end-round' });
  expect(roundOf(room, 'ana')?.round).toMatchObject({ scenarioId: 'two', phase: 'prepared' });
});

test('whoever comes late and is to wait is told that a round is going on', () => {
  const room = new Room().join('Ana', 'Ben');
  room.ask({ type: 'set-settings', settings: { names: 'free', late: 'next-round' } });
  room.ask({ type: 'prepare-round', scenarioId: 's', seating: 'pairs' });
  room.ask({ type: 'start-round' });
  room.join('Cem');
  expect(roundOf(room, 'cem')).toMatchObject({ round: null, waiting: true });
  expect(roundOf(room, 'ana')).not.toHaveProperty('waiting');
  room.ask({ type: 'end-round' });
  expect(roundOf(room, 'cem')).not.toHaveProperty('waiting');
});
