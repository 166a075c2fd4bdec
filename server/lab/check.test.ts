import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { ethernet, ipv4, pcap, tcp } from '../../shared/capture/capture-builder.testing.ts';
import { ACK, SYN } from '../../shared/tcp/segment.ts';
import { checkCapture } from './check.ts';

const captures = fileURLToPath(new URL('../../shared/capture/testdata/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function check(file: string) {
  const lines: string[] = [];
  const warnings: string[] = [];
  const status = await checkCapture(file, (line) => lines.push(line), (line) => warnings.push(line)); // prettier-ignore
  return { status, lines, warnings };
}

function written(name: string, octets: Uint8Array | string): string {
  const file = join(folder, name);
  writeFileSync(file, octets);
  return file;
}

/** The same from the other end. */
function back(ip: number[]): number[] {
  return [...ip.slice(0, 12), ...ip.slice(16, 20), ...ip.slice(12, 16), ...ip.slice(20)];
}

test('a right conversation: one JSON line a segment, in the fields of the manual, and status 0', async () => {
  const { status, lines, warnings } = await check(join(captures, 'close-by-client.pcap'));
  expect({ status, warnings, lines: lines.length }).toEqual({ status: 0, warnings: [], lines: 11 });
  expect(JSON.parse(lines[7] ?? '')).toEqual({
    n: 7,
    t: 0.178066,
    conn: 0,
    from: 'client',
    flags: ['FIN', 'ACK'],
    seq: 12,
    ack: 15,
    len: 0,
    sender: { before: 'ESTABLISHED', after: 'FIN-WAIT-1' },
    receiver: { before: 'ESTABLISHED', after: 'CLOSE-WAIT' },
    verdict: 'due',
    kind: 'fin',
    faults: [],
  });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ack: null });
});

test('one wrong number: its fault, and status 1', async () => {
  const octets = Uint8Array.from(readFileSync(join(captures, 'close-by-client.pcap')));
  // The last octet of the acknowledgment number of the SYN,ACK, behind the file header and one record.
  const at = 24 + 16 + 74 + 16 + 14 + 20 + 11;
  octets[at] = (octets[at] ?? 0) + 1;
  const { status, lines } = await check(written('wrong.pcap', octets));
  expect(status).toBe(1);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({
    verdict: 'wrong',
    faults: [{ field: 'ack', given: 2, needed: 1 }],
  });
});

test('a fault in how much data there is: the field is called `len`, as in the line itself', async () => {
  const server = { sourcePort: 7000, destinationPort: 40_000 };
  const segments = [
    ipv4(tcp({ flags: SYN, seq: 99, ack: 0, dataOctets: 0 }), { id: 1 }),
    back(ipv4(tcp({ flags: SYN | ACK, seq: 8, ack: 100, dataOctets: 0, wnd: 4, ...server }), { id: 1 })),
    ipv4(tcp({ flags: ACK, seq: 100, ack: 9, dataOctets: 0 }), { id: 2 }),
    ipv4(tcp({ flags: ACK, seq: 100, ack: 9, dataOctets: 10 }), { id: 3 }),
  ];
  const octets = pcap(
    1,
    segments.map((ip) => ({ octets: ethernet(0x0800, ip) })),
  );
  const { status, lines } = await check(written('too-much.pcap', octets));
  expect(status).toBe(1);
  expect(JSON.parse(lines[3] ?? '')).toMatchObject({
    len: 10,
    verdict: 'wrong',
    faults: [{ field: 'len', code: 'beyond-window', given: 10, needed: 4 }],
  });
});

test('a truncated capture is told as far as it goes', async () => {
  const octets = readFileSync(join(captures, 'close-by-client.pcap'));
  const { status, lines, warnings } = await check(
    written('cut.pcap', octets.subarray(0, octets.length - 10)),
  );
  expect({ status, lines: lines.length }).toEqual({ status: 0, lines: 10 });
  expect(warnings.join()).toMatch(/in the middle of a record/);
});

test('a reader who is behind is waited for: no more of the file is read meanwhile', async () => {
  const records = Array.from({ length: 400 }, (_, i) => {
    const data = ipv4(tcp({ flags: 0x10, seq: 1000 * i, ack: 9, dataOctets: 1000 }), { id: i + 1 });
    const ports = { sourcePort: 7000, destinationPort: 40_000 };
    const ack = ipv4(tcp({ flags: 0x10, seq: 9, ack: 1000 * (i + 1), dataOctets: 0, ...ports }), {
      id: i + 1,
    });
    return [{ octets: ethernet(0x0800, data) }, { octets: ethernet(0x0800, back(ack)) }];
  });
  const file = written('long.pcap', pcap(1, records.flat()));
  let lines = 0;
  let catchUp = (): void => undefined;
  let behind: Promise<void> | undefined;
  let onFirst = (): void => undefined;
  const first = new Promise<void>((resolve) => {
    onFirst = resolve;
  });
  const running = checkCapture(
    file,
    () => {
      lines++;
      onFirst();
      return (behind ??= new Promise((resolve) => {
        catchUp = resolve;
      }));
    },
    () => undefined,
  );
  await first;
  // Far more turns of the event loop than it takes to read the file.
  for (let turn = 0; turn < 2000; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(lines).toBeLessThan(600);
  catchUp();
  await running;
  expect(lines).toBe(800);
});

test('a capture without TCP is in order', async () => {
  const octets = readFileSync(join(captures, 'close-by-client.pcap')).subarray(0, 24);
  expect(await check(written('empty.pcap', octets))).toMatchObject({ status: 0, lines: [] });
});

test.each([
  ['a text', () => written('readme.md', '# Hello\n'), /not a capture/],
  ['nothing', () => written('nothing.pcap', ''), /empty/],
  ['no file', () => join(folder, 'missing.pcap'), /no such file/],
  ['a folder', () => folder, /folder/],
])('%s: status 2 and one line that says why', async (_, file, why) => {
  const { status, lines, warnings } = await check(file());
  expect({ status, lines, warnings: warnings.length }).toEqual({ status: 2, lines: [], warnings: 1 });
  expect(warnings[0]).toMatch(why);
  expect(warnings[0]).not.toMatch(/\n/);
});
