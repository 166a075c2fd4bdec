import { expect, test } from 'vitest';
import { clientFrame } from './client-frame.testing.ts';
import { plainMessages } from './plain-frames.ts';

const HEAD = '42/play,';
test.each([
  ['asks for an answer', `${HEAD}17["a",{"b":1}]`, { id: 17, json: '["a",{"b":1}]' }],
  ['asks for none', `${HEAD}["a"]`, { id: null, json: '["a"]' }],
  ['has the first number there is', `${HEAD}0["a"]`, { id: 0, json: '["a"]' }],
  [
    'is longer than seven bits can say',
    `${HEAD}1["${'x'.repeat(300)}"]`,
    { id: 1, json: `["${'x'.repeat(300)}"]` },
  ],
])('a message that %s is found', (_, text, message) => {
  const before = clientFrame(text);
  const read = Buffer.from(before);
  expect(plainMessages(read, HEAD)).toEqual([message]);
  expect(read).toEqual(before);
});

test('several that were read together are found in their order', () => {
  const read = Buffer.concat([
    clientFrame(`${HEAD}1["a"]`),
    clientFrame(`${HEAD}["b"]`),
    clientFrame(`${HEAD}2["c"]`),
  ]);
  expect(plainMessages(read, HEAD)?.map(({ json }) => json)).toEqual(['["a"]', '["b"]', '["c"]']);
});

const plain = clientFrame(`${HEAD}1["a"]`);
test.each([
  ['not masked', clientFrame(`${HEAD}1["a"]`, { masked: false })],
  ['compressed', clientFrame(`${HEAD}1["a"]`, { first: 0xc1 })],
  ['not the last of its message', clientFrame(`${HEAD}1["a"]`, { first: 0x01 })],
  ['of bytes', clientFrame(`${HEAD}1["a"]`, { first: 0x82 })],
  ['a ping', clientFrame('', { first: 0x89 })],
  ['a close', clientFrame('', { first: 0x88 })],
  ['not ASCII', clientFrame(`${HEAD}1["é"]`)],
  ['longer than 4 KB', clientFrame(`${HEAD}1["${'x'.repeat(4096)}"]`)],
  ['longer than sixteen bits can say', clientFrame(`${HEAD}1["${'x'.repeat(70_000)}"]`)],
  ['for another namespace', clientFrame('42/teach,1["a"]')],
  ['of Engine.IO alone', clientFrame('3')],
  ['an answer', clientFrame('43/play,1["a"]')],
  ['empty', clientFrame('')],
  ['without JSON', clientFrame(`${HEAD}1`)],
  ['with a space before its JSON', clientFrame(`${HEAD} ["a"]`)],
  ['of a number too large to be one', clientFrame(`${HEAD}${'9'.repeat(16)}["a"]`)],
])('of what is %s nothing is said, alone or behind a plain one', (_, odd) => {
  expect(plainMessages(odd, HEAD)).toBeNull();
  expect(plainMessages(Buffer.concat([plain, odd]), HEAD)).toBeNull();
});

test('of a part of a frame nothing is said, wherever it ends', () => {
  const long = clientFrame(`${HEAD}1["${'x'.repeat(200)}"]`);
  for (const whole of [plain, long]) {
    for (let end = 1; end < whole.length; end++) {
      expect(plainMessages(whole.subarray(0, end), HEAD)).toBeNull();
      expect(plainMessages(Buffer.concat([plain, whole.subarray(0, end)]), HEAD)).toBeNull();
    }
  }
});
