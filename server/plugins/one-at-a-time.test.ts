import { afterEach, beforeEach, expect, test } from 'vitest';
import { startLab, type Lab } from '../app.testing.ts';
import { closed, connectTcp, until } from '../raw-client.testing.ts';

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

test('requests that do not wait for the replies before them are not begun, and end their connection', async () => {
  const client = connectTcp(lab.url);
  client.resume().write(GET.repeat(100));
  await closed(client);
  expect(begun).toBe(1);
});

test('one may come before its turn, and is begun when it has come', async () => {
  const client = connectTcp(lab.url);
  let heard = '';
  client.on('data', (data) => (heard += String(data)));
  client.write(GET.repeat(2));
  await until(() => begun === 1);
  await (await fetch(`${lab.url}/healthz`)).text();
  expect(begun).toBe(1);
  answer();
  await until(() => heard.split('done').length === 3);
  expect(begun).toBe(2);
  client.destroy();
});

test('those that wait share a connection', async () => {
  answer();
  const client = connectTcp(lab.url);
  let heard = '';
  client.on('data', (data) => (heard += String(data)));
  for (let n = 1; n <= 5; n++) {
    client.write(GET);
    await until(() => heard.split('done').length === n + 1);
    expect(begun).toBe(n);
  }
  client.destroy();
});
