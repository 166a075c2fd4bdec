import { createReadStream } from 'node:fs';
import { captureRefusalText } from '../../shared/capture/capture-refusal.ts';
import { segmentReader, type ReadTally } from '../../shared/capture/segment-reader.ts';
import { teller } from '../../shared/capture/teller.ts';
import { toldFault } from './told-fault.ts';

const CHUNK_OCTETS = 1 << 18;

/**
 * `lab check FILE`: tells every TCP segment of a capture, one JSON line each. Resolves to the exit status: 0
 * nothing is wrong, 1 something is, 2 the file cannot be read.
 * `warn` takes what belongs on stderr. If `write` returns a promise, no more of the file is read until it
 * settles, so that a slow reader of the answers does not make them pile up.
 */
export async function checkCapture(
  file: string,
  write: (line: string) => unknown,
  warn: (line: string) => void,
): Promise<0 | 1 | 2> {
  let wrong = 0;
  let behind: unknown;
  const telling = teller((told) => {
    if (told.verdict === 'wrong') wrong++;
    const { faults } = told;
    behind = write(JSON.stringify(faults.length > 0 ? { ...told, faults: faults.map(toldFault) } : told));
  });
  const reader = segmentReader((captured) => telling.take(captured));
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_OCTETS })) {
      if (!reader.feed(chunk as Uint8Array)) break;
      await behind;
    }
  } catch (fault) {
    if (!isSystemError(fault)) throw fault;
    warn(`${file}: ${reasons[fault.code] ?? fault.code}`);
    return 2;
  }
  const read = reader.end();
  if (!read.ok) {
    warn(`${file}: ${captureRefusalText(read.error)}`);
    return 2;
  }
  telling.end();
  for (const remark of remarks(read.value)) warn(`${file}: ${remark}`);
  return wrong > 0 ? 1 : 0;
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
};

function isSystemError(fault: unknown): fault is { code: string } {
  return fault instanceof Error && 'syscall' in fault && 'code' in fault && typeof fault.code === 'string';
}

function remarks({ segments, leftOut, end }: ReadTally): string[] {
  const said: string[] = [];
  if (end.how === 'cut') said.push(`ends in the middle of a record, at octet ${end.atOctet}`);
  if (end.how === 'damaged') said.push(`damaged at octet ${end.atOctet} (${end.what}): the rest is left out`);
  if (leftOut['link-type']) said.push(`${leftOut['link-type']} frames of unknown link types are left out`);
  if (leftOut.fragment) said.push(`${leftOut.fragment} later fragments are left out`);
  if (leftOut.cut) said.push(`${leftOut.cut} frames were captured too short to tell`);
  if (leftOut.malformed) said.push(`${leftOut.malformed} frames hold no well-formed segment`);
  if (segments === 0) said.push('holds no TCP segment');
  return said;
}
