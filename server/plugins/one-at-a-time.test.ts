import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startLab, type Lab } from '../app.testing.ts';
import { closed, connectTcp } from '../raw-client.testing.ts';

let lab: Lab;
let begun: number;
let answer: () => void;

beforeEach(async () => {
  begun = 0;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  lab = await startLab({
    async prepare(app) {
      app.get('/slow', async () => {
        begun += 1;
        await answered;
        return 'done';
      });
    },
  });
});
afterEach(async () => {
  answer();
  await lab.stop();
});

const GET = 'GET /slow HTTP/1.1\r\nHost: lab\r\n\r\n';

test('requests that do not wait for the reply before them are not begun, and end their connection', async () => {
  const client = connectTcp(lab.url);
  client.resume().write(GET.repeat(100));
  await closed(client);
  expect(begun).toBe(1);
});

test('those that wait share a connection', async () => {
  answer();
  const client = connectTcp(lab.url);
  for (let n = 1; n <= 3; n++) {
    client.write(GET);
    let heard = '';
    while (!heard.endsWith('done')) heard += String((await once(client, 'data'))[0]);
    expect(begun).toBe(n);
  }
  client.destroy();
});
