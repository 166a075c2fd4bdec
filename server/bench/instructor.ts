import { closeKlass } from './klass.ts';
import { labKlass, teacher } from './lab-klass.ts';
import { latency, pause } from './loads.ts';
import { withLab } from './sockets.ts';

export interface InstructorRow {
  readonly tables: number;
  /** Commands a second of the whole class meanwhile. */
  readonly perS: number;
  /** What the instructor's page receives, bytes a second. */
  readonly octetsPerS: number;
  /** With what the page is sent to begin with, bytes. */
  readonly firstOctets: number;
}

/**
 * One classroom of so many tables, its instructor watching all of them while everybody plays: a command a
 * second and table.
 */
export function instructor(tables: number): Promise<InstructorRow> {
  return withLab(async (lab) => {
    const teaching = await teacher(lab.ready);
    const people = tables * 4;
    const klass = await labKlass(lab.ready.port, teaching, people, people);
    await pause(3000); // until what coming in has set off is over
    const beforeWatch = teaching.octets;
    await teaching.ask('classroom:watch', { classroomId: klass.classroomIds[0] });
    const firstOctets = teaching.octets - beforeWatch;
    const before = { octets: teaching.octets, at: performance.now() };
    const { perS } = await latency(klass, { ratePerS: tables, warmMs: 0, forMs: 4000 });
    const seconds = (performance.now() - before.at) / 1000;
    const octetsPerS = (teaching.octets - before.octets) / seconds;
    teaching.close();
    closeKlass(klass);
    return { tables, perS, octetsPerS, firstOctets };
  });
}
