import { expect, test } from 'vitest';
import { banner } from './banner.ts';

test('shows every address, the instructor link, and a QR code that keeps its colours on any terminal', async () => {
  const text = await banner({
    urls: ['http://192.168.1.23:3000', 'http://localhost:3000'],
    instructorUrl: 'http://192.168.1.23:3000/setup?token=abc',
  });
  expect(text).toContain('http://192.168.1.23:3000\n');
  expect(text).toContain('http://localhost:3000\n');
  expect(text).toContain('http://192.168.1.23:3000/setup?token=abc');
  const code = text.split('\n').filter((line) => line.startsWith('  \u001b[30;107m'));
  // 25 modules (version 2) and a margin of 2 on either side, two modules to a line.
  expect(code).toHaveLength(Math.ceil((25 + 4) / 2));
});

test('without an instructor link says where to log in, and nothing secret', async () => {
  const text = await banner({ urls: ['http://192.168.1.23:3000/lab'], instructorUrl: null });
  expect(text).toMatch(/^ {2}Instructor {2}log in at http:\/\/192\.168\.1\.23:3000\/lab\/teach$/m);
  expect(text).not.toContain('token');
});

test('an address of this machine alone is not worth a QR code', async () => {
  for (const url of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000']) {
    const text = await banner({ urls: [url], instructorUrl: null });
    expect(text).toContain('Only this machine');
    expect(text).not.toContain('\u001b[');
  }
});
