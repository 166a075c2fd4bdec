import type { Happening } from './happening.ts';
import { printSegment } from './script.testing.ts';

/** A happening as a line: what a kept log must still come to. */
export function lineOf(it: Happening): string {
  const from = 'side' in it ? it.side : 'from' in it ? it.from : 'table';
  const verdict =
    'verdict' in it
      ? ` ! ${[it.verdict.verdict, ...it.verdict.faults.map(({ code }) => code)].join(' ')}`
      : '';
  return `${it.ms} ${from} ${what(it)}${verdict}`;
}

function what(it: Happening): string {
  switch (it.kind) {
    case 'called':
      return `calls ${it.call.call}`;
    case 'sent': {
      const text = it.seg.text === undefined ? '' : ` ${JSON.stringify(it.seg.text)}`;
      return `> ${it.id} ${printSegment(it.seg)}${text}${it.again ? ' again' : ''} by ${it.by}`;
    }
    case 'arrived':
      return `< ${it.id} ${printSegment(it.seg)}`;
    case 'lost':
      return `lost ${it.id} ${it.why}`;
    case 'state':
      return `${it.was} -> ${it.is}`;
    case 'timer':
      return `timer ${it.timer}`;
    case 'blocked':
      return `blocked ${printSegment(it.seg)}`;
    case 'nothing':
      return 'nothing';
    case 'label':
      return `is ${it.label}`;
    case 'hint':
      return `hint ${it.field} ${it.value}`;
    case 'conditions':
      return `conditions ${it.version}`;
    case 'touch':
      return `${it.touch} ${it.id} by ${it.by}`;
    case 'backlog':
      return `backlog ${it.halfOpen} of ${it.slots}${it.cookies ? ' cookies' : ''}`;
    case 'cable':
      return it.up ? 'mend' : 'cut';
    case 'prediction':
      return `predicts ${it.prediction.timer} ${it.prediction.again ?? 'none'}`;
    case 'clock':
      return `rate ${it.rate}`;
    case 'bluff-called':
      return `calls ${it.id} a bluff`;
    case 'called-out':
      return `${it.id} called out`;
    case 'revealed':
      return `${it.id} revealed ${it.judge.verdict}`;
    case 'storm':
      return it.on ? 'storm' : 'calm';
    case 'ended':
      return it.why ? `ended ${it.why}` : 'ended';
  }
}
