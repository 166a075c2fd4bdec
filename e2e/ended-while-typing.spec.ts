import { test } from './fixtures.ts';

test('a round that ends while somebody is writing is no trouble to their page', async ({ lesson }) => {
  const teacher = await lesson.open();
  const ana = await lesson.join('Ana');
  await lesson.begin('A whole life', { client: ana });
  await ana.endpoint.expectCall('connect()');
  await ana.endpoint.write('S 1');
  await teacher.endRound();
  await ana.debrief.expectOpen();
});
